using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Layout = Prover.Backends.Cpu.Ifma.G2TileLayout;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The pass that lets lists double their latest points: as in <see cref="G1TileCode"/>, part by part.</summary>
/// <remarks>
/// <code>
/// 3x²/2    real        6·(x₀ + x₁) · 4·(x₀ − x₁ + 1) &lt; 1 + 12·8/84 &lt; 2.2
///          imaginary   8·x₀ · 6·x₁                   &lt; 1 + 8·6/84  &lt; 1.6        Rise &lt; 4.4
/// x + y + 2 ∈ (1, 4)                      X′ ∈ [0, 1.66) by table
/// Run = 3 + 2·(X′ − x) ∈ (1, 6.4)         Run − 2·X′ = 3 − 2x ∈ (1, 3]         Norm &lt; 1 + 2·6.4²/84 &lt; 2
/// y + 3x²/2 + 2 ∈ (1, 5.2)                Y′ ∈ [0, 1.66) by table
/// 4·(X′ − x₃) + 7 ∈ (0.3, 13.7)           y₃ ∈ (−0.66, 3.4)
/// </code>
/// </remarks>
internal sealed partial class G2TileCode
{
    private void BeginDoubling(Assembler assembler)
    {
        var (real, imaginary) = TwoStreams();
        HalfRises(real, imaginary);
        InstructionStream.Interleave(assembler, real, imaginary);

        (real, imaginary) = TwoStreams();
        DoublePart(real, part: 0);
        DoublePart(imaginary, part: 1);
        InstructionStream.Interleave(assembler, real, imaginary);

        var stream = new InstructionStream(Data, 0, 19);
        var (run, other) = (stream.Load(InState(Layout.Run)), stream.Load(Imaginary(Layout.Run)));
        var norm = stream.MultiplyAdd(run, InState(Layout.Run), other, Imaginary(Layout.Run));
        LoadKept(stream, part: 0);
        Replace(stream, norm, InState(Layout.Norm), Kept(part: 0));
        InstructionStream.Interleave(assembler, stream);
    }

    /// <summary>3x²/2 into the temporaries of the sum's y. As x stands for x/16, 24·x² is what a product of the kernels must have.</summary>
    private void HalfRises(InstructionStream real, InstructionStream imaginary)
    {
        var sum = real.Load(InState(Layout.X));
        real.Add(sum, Imaginary(Layout.X));
        Triple(real, sum, SlopeReal);
        real.Double(sum);
        Store(real, sum, Temporary(SlopeReal));
        var difference = real.Load(InState(Layout.X));
        real.Subtract(difference, Imaginary(Layout.X));
        real.Add(difference, Data.Multiple(1));
        real.Quadruple(difference);
        real.Normalise(difference);
        Multiply(real, difference, Temporary(SlopeReal), Temporary(SumY));

        var six = imaginary.Load(Imaginary(Layout.X));
        Triple(imaginary, six, SlopeImaginary);
        imaginary.Double(six);
        Store(imaginary, six, Temporary(SlopeImaginary));
        var eight = imaginary.Load(InState(Layout.X));
        imaginary.Double(eight);
        imaginary.Quadruple(eight);
        imaginary.Normalise(eight);
        Multiply(imaginary, eight, Temporary(SlopeImaginary), Temporary(SumY + 1));

        void Triple(InstructionStream stream, Vector[] element, int temporary)
        {
            stream.Save(element, Temporary(temporary));
            stream.Double(element);
            stream.Add(element, Temporary(temporary));
        }
    }

    /// <summary>One part of Rise = 3x², X′ = x + y, Run = 3p + 2·(X′ − x) and Y′ = y + 3x²/2, but in lanes that are kept.</summary>
    private void DoublePart(InstructionStream stream, int part)
    {
        LoadKept(stream, part);
        var rise = stream.Load(Temporary(SumY + part));
        stream.Double(rise);
        Replace(stream, rise, InState(Layout.Rise, part), Kept(part));

        var x = stream.Load(InState(Layout.X, part));
        stream.Add(x, InState(Layout.Y, part));
        stream.Add(x, Data.Multiple(2));
        SubtractMultiple(stream, x);
        stream.Normalise(x);
        stream.Save(x, Temporary(SumX + part));
        stream.Double(x);
        stream.Add(x, Data.Multiple(3));
        stream.Subtract(x, InState(Layout.X, part));
        stream.Subtract(x, InState(Layout.X, part));
        Replace(stream, x, InState(Layout.Run, part), Kept(part));
        Replace(stream, stream.Load(Temporary(SumX + part)), InState(Layout.X, part), Kept(part));

        var y = stream.Load(InState(Layout.Y, part));
        stream.Add(y, Temporary(SumY + part));
        stream.Add(y, Data.Multiple(2));
        SubtractMultiple(stream, y);
        Replace(stream, y, InState(Layout.Y, part), Kept(part));
    }

    private static int Kept(int part) => 3 + part;

    private static void LoadKept(InstructionStream stream, int part) => stream.LoadMask(Kept(part), __byte_ptr[rdi + Layout.Kept]);
}
