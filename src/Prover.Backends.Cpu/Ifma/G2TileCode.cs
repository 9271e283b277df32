using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Layout = Prover.Backends.Cpu.Ifma.G2TileLayout;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The code of a tile's passes in G2: as <see cref="G1TileCode"/>, with coordinates in Fq2 = Fq[u]/(u² + 1), a group of eight lists at a time.</summary>
/// <remarks>
/// <para>
/// Denominators are inverted by their norms, 1/d = d̄/|d|², so that Montgomery's trick runs in Fq: one product for a group instead of three. An
/// addition is a sequence of steps in which the two instruction streams mostly do the real and the imaginary part. A product in Fq2 is, for each part, a sum of two
/// products with one reduction; what is to be subtracted is negated by taking it from a multiple of p.
/// </para>
/// <para>Bounds, in units of p (2²⁶⁰ is above 84p; (a·b + c·d) with one reduction is below 1 + (ab + cd)/84):</para>
/// <code>
/// x₂ ∈ [0, 1)        y₂ ∈ (−1, 1)         points as read, or negated
/// x₁ ∈ [0, 1.66)     y₁ ∈ (−1, 3.4)       sums
/// Run ∈ (1.3, 4)     Rise ∈ (0.6, 7)      each part, plus 3 and 5
/// Norm &lt; 1 + 32/84 &lt; 1.4                inverse, inverse·Prefix &lt; 1.1
/// Run₀/N, Run₁/N &lt; 1.1                   8 − Rise₀ ∈ (1, 7.4)
/// μ₀, μ₁ &lt; 1 + 16/84 &lt; 1.2              μ₀ + μ₁ &lt; 2.4, μ₀ − μ₁ + 2 ∈ (0.8, 3.2)
/// μ₀² − μ₁² ≤ 1.1, 2μ₀μ₁ ≤ 2.1           + Run − 2·x₂ ∈ (0.3, 5.1), for which the table gives [0, 1.66)
/// wᵢ = 4·(x₂ − x₃) + 7 ∈ (0.3, 11)       14 − w₁ ∈ (0.3, 13.7)
/// y₃ = μ·w + 1 − y₂ &lt; 1 + 2·1.2·13.7/84 + 1 + 1 &lt; 3.4
/// </code>
/// </remarks>
internal sealed partial class G2TileCode : TileCode
{
    private static readonly GatheredPart Abscissas = new(LogBytes: 7, Offset: 0);
    private static readonly GatheredPart Ordinates = new(LogBytes: 7, Offset: 64);

    private readonly int _temporary;

    // Kept in a thread's temporaries, by number.
    private const int Share = 0, RunReal = 1, RunImaginary = 2, MinusRise = 3, SlopeReal = 4, SlopeImaginary = 5, SlopeSum = 6;
    private const int SumX = 7, Distance = 9, MinusDistance = 11, SumY = 12, Temporaries = 14;

    public G2TileCode()
    {
        Product = Data.Scratch(KernelData.Limbs);
        LastNorm = Data.Scratch(KernelData.Limbs);
        Inverse = Data.Scratch(KernelData.Limbs);
        _temporary = Data.Scratch(Temporaries * KernelData.Limbs);
        Inversion = new LaneInversion(Data, Product, LastNorm, Inverse, ofProduct: true);
        EmitPasses();
    }

    /// <summary>Offset of the running product, in which the last group's norm is still missing, so that it need not be waited for.</summary>
    public int Product { get; }

    /// <summary>Offset of the last group's norm.</summary>
    public int LastNorm { get; }

    /// <inheritdoc/>
    public override LaneInversion Inversion { get; }

    /// <summary>Offset of the inverse of what is left of the product.</summary>
    private int Inverse { get; }

    /// <inheritdoc/>
    protected override void EmitGroup(Assembler assembler, Steps steps)
    {
        var prefetches = Prefetches(steps);
        if (steps.HasFlag(Steps.Add))
        {
            ShareInverse(assembler, prefetches);
            TakeSlope(assembler, prefetches);
            AddAbscissas(assembler, prefetches);
            AddOrdinates(assembler, prefetches);
        }
        else if (steps.HasFlag(Steps.Differences))
        {
            KeepFirstPoint(assembler);
        }

        if (steps.HasFlag(Steps.Gather))
            Gather(assembler, prefetches);

        if (steps.HasFlag(Steps.Differences))
            TakeDifferences(assembler, prefetches);
        else if (steps.HasFlag(Steps.Add))
            KeepSum(assembler);
        else if (steps.HasFlag(Steps.Chain))
            CollectNorms(assembler);
        else if (steps.HasFlag(Steps.Double))
            BeginDoubling(assembler);
    }

    /// <summary>1/(4·|Run|²) = inverse·Prefix, the inverse of what is left = inverse·Norm; then Run over the norm, part by part, and −Rise₀.</summary>
    private void ShareInverse(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (one, two) = TwoStreams();
        var inverse = one.Load(InData(Inverse));
        Multiply(one, inverse, InState(Layout.Prefix), Temporary(Share));
        inverse = two.Load(InData(Inverse));
        Multiply(two, inverse, InState(Layout.Norm), InData(Inverse));
        Interleave(assembler, prefetches, one, two);

        (one, two) = TwoStreams();
        var share = one.Load(Temporary(Share));
        Multiply(one, share, InState(Layout.Run), Temporary(RunReal));
        share = two.Load(Temporary(Share));
        Multiply(two, share, Imaginary(Layout.Run), Temporary(RunImaginary));
        var minus = one.Load(Data.Multiple(8));
        one.Subtract(minus, InState(Layout.Rise));
        Store(one, minus, Temporary(MinusRise));
        Interleave(assembler, prefetches, one, two);
    }

    /// <summary>μ = λ/4 = Rise·conj(Run)/(4·|Run|²): μ₀ = Rise₀·a + Rise₁·b and μ₁ = Rise₁·a − Rise₀·b with a, b the parts of Run over the norm.</summary>
    private void TakeSlope(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (real, imaginary) = SharedStreams(assembler, RunReal, RunImaginary, out var a, out var b);
        Store(real, real.MultiplyAdd(a, InState(Layout.Rise), b, Imaginary(Layout.Rise)), Temporary(SlopeReal));
        Store(imaginary, imaginary.MultiplyAdd(a, Imaginary(Layout.Rise), b, Temporary(MinusRise)), Temporary(SlopeImaginary));
        Interleave(assembler, prefetches, real, imaginary);
    }

    /// <summary>x₃ = μ² + Run − 2·x₂ with μ² = (μ₀ + μ₁)(μ₀ − μ₁) + 2μ₀μ₁·u.</summary>
    private void AddAbscissas(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (real, imaginary) = TwoStreams();
        var sum = real.Load(Temporary(SlopeReal));
        real.Add(sum, Temporary(SlopeImaginary));
        Store(real, sum, Temporary(SlopeSum));
        var difference = real.Load(Temporary(SlopeReal));
        real.Add(difference, Data.Multiple(2));
        real.Subtract(difference, Temporary(SlopeImaginary));
        real.Normalise(difference);
        var square = real.Multiply(difference, Temporary(SlopeSum));
        real.Release(difference);
        Abscissa(real, square, part: 0);

        var slope = imaginary.Load(Temporary(SlopeReal));
        var product = imaginary.Multiply(slope, Temporary(SlopeImaginary));
        imaginary.Release(slope);
        imaginary.Double(product);
        Abscissa(imaginary, product, part: 1);
        Interleave(assembler, prefetches, real, imaginary);
    }

    /// <summary>One part of x₃, and of 4·(x₂ − x₃) + 7p; of the imaginary part's also the negative. In lanes that restart, x₃ is x₂.</summary>
    private void Abscissa(InstructionStream stream, Vector[] square, int part)
    {
        var (x, run, restarts) = (InState(Layout.X, part), InState(Layout.Run, part), 3 + part);
        stream.Add(square, run);
        stream.Subtract(square, x);
        stream.Subtract(square, x);
        SubtractMultiple(stream, square);
        stream.Normalise(square);
        stream.LoadMask(restarts, __byte_ptr[rdi + Layout.Restarts]);
        stream.Blend(square, x, restarts);
        stream.Save(square, Temporary(SumX + part));

        var distance = stream.Load(x);
        stream.Subtract(distance, square);
        stream.Release(square);
        stream.Quadruple(distance);
        stream.Add(distance, Data.Multiple(7));
        stream.Normalise(distance);
        stream.Save(distance, Temporary(Distance + part));
        if (part == 1)
        {
            var minus = stream.Load(Data.Multiple(14));
            stream.Subtract(minus, distance);
            Store(stream, minus, Temporary(MinusDistance));
        }

        stream.Release(distance);
    }

    /// <summary>y₃ = μ·(4·(x₂ − x₃) + 7p) + p − y₂; in lanes that restart, y₂.</summary>
    private void AddOrdinates(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (real, imaginary) = SharedStreams(assembler, SlopeReal, SlopeImaginary, out var slopeReal, out var slopeImaginary);
        Ordinate(real, real.MultiplyAdd(slopeReal, Temporary(Distance), slopeImaginary, Temporary(MinusDistance)), part: 0);
        Ordinate(imaginary, imaginary.MultiplyAdd(slopeReal, Temporary(Distance + 1), slopeImaginary, Temporary(Distance)), part: 1);
        Interleave(assembler, prefetches, real, imaginary);
    }

    private void Ordinate(InstructionStream stream, Vector[] product, int part)
    {
        stream.Add(product, Data.Multiple(1));
        stream.Subtract(product, InState(Layout.Y, part));
        stream.LoadMask(3 + part, __byte_ptr[rdi + Layout.Restarts]);
        stream.Blend(product, InState(Layout.Y, part), 3 + part);
        stream.Store(product, Temporary(SumY + part));
    }

    private void KeepFirstPoint(Assembler assembler)
    {
        var (one, two) = TwoStreams();
        for (var part = 0; part < 2; part++)
        {
            one.Store(one.Load(InState(Layout.X, part)), Temporary(SumX + part));
            two.Store(two.Load(InState(Layout.Y, part)), Temporary(SumY + part));
        }

        InstructionStream.Interleave(assembler, one, two);
    }

    private void Gather(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (abscissas, ordinates) = TwoStreams();
        var (x0, x1) = abscissas.GatherCoordinates(0, Abscissas);
        abscissas.Store(x0, InState(Layout.X, 0));
        abscissas.Store(x1, InState(Layout.X, 1));
        var (y0, y1) = ordinates.GatherCoordinates(0, Ordinates);
        ordinates.LoadSigns(0, mask: 1);
        ordinates.Negate(y0, mask: 1);
        ordinates.Negate(y1, mask: 1);
        ordinates.Store(y0, InState(Layout.Y, 0));
        ordinates.Store(y1, InState(Layout.Y, 1));
        Interleave(assembler, prefetches, abscissas, ordinates);
    }

    /// <summary>Differences of the latest point to the sum, and their norm, while the product takes in the group before.</summary>
    private void TakeDifferences(Assembler assembler, Queue<Action<Assembler>> prefetches)
    {
        var (one, two) = TwoStreams();
        for (var part = 0; part < 2; part++)
        {
            Difference(one, Layout.X, part, Temporary(SumX + part), 3, Layout.Run);
            Difference(two, Layout.Y, part, Temporary(SumY + part), 5, Layout.Rise);
        }

        Interleave(assembler, prefetches, one, two);

        var (norm, product) = (new InstructionStream(Data, 0, 19), new InstructionStream(Data, 19, 13));
        var (real, imaginary) = (norm.Load(InState(Layout.Run)), norm.Load(Imaginary(Layout.Run)));
        var square = norm.MultiplyAdd(real, InState(Layout.Run), imaginary, Imaginary(Layout.Run));
        norm.Normalise(square);
        norm.Save(square, InState(Layout.Norm));

        // The stream of the product loads the norm before at its beginning, long before this one ends with its successor.
        norm.Store(square, InData(LastNorm));
        ExtendProduct(product);
        Interleave(assembler, prefetches, norm, product);
        while (prefetches.TryDequeue(out var prefetch))
        {
            prefetch(assembler);
        }

        void Difference(InstructionStream stream, int latest, int part, Func<int, Memory> sum, int multiple, int target)
        {
            var difference = stream.Load(InState(latest, part));
            stream.Add(difference, Data.Multiple(multiple));
            stream.Subtract(difference, sum);
            Store(stream, difference, InState(target, part));
        }
    }

    /// <summary>Prefix = product ← product·(norm of the group before).</summary>
    private void ExtendProduct(InstructionStream stream)
    {
        var last = stream.Load(InData(LastNorm));
        var product = stream.Multiply(last, InData(Product));
        stream.Release(last);
        stream.Normalise(product);
        stream.Save(product, InData(Product));
        stream.Store(product, InState(Layout.Prefix));
    }

    private void CollectNorms(Assembler assembler)
    {
        var stream = new InstructionStream(Data);
        ExtendProduct(stream);
        stream.Store(stream.Load(InState(Layout.Norm)), InData(LastNorm));
        InstructionStream.Interleave(assembler, stream);
    }

    private void KeepSum(Assembler assembler)
    {
        var (one, two) = TwoStreams();
        for (var part = 0; part < 2; part++)
        {
            one.Store(one.Load(Temporary(SumX + part)), InState(Layout.X, part));
            Store(two, two.Load(Temporary(SumY + part)), InState(Layout.Y, part));
        }

        InstructionStream.Interleave(assembler, one, two);
    }

    private (InstructionStream One, InstructionStream Two) TwoStreams() => (new(Data, 0), new(Data, 16));

    /// <summary>Two streams of eleven registers and ten for two elements that both of them read.</summary>
    private (InstructionStream One, InstructionStream Two) SharedStreams(Assembler assembler, int first, int second, out Vector[] a, out Vector[] b)
    {
        var shared = new InstructionStream(Data, 0, 10);
        (a, b) = (shared.Load(Temporary(first)), shared.Load(Temporary(second)));
        InstructionStream.Interleave(assembler, shared);
        return (new(Data, 10, 11), new(Data, 21, 11));
    }

    /// <summary>Emits two streams side by side, and among them a seventh of the prefetches.</summary>
    private void Interleave(Assembler assembler, Queue<Action<Assembler>> prefetches, InstructionStream one, InstructionStream two)
    {
        var part = new InstructionStream(Data, 0, 0);
        for (var i = 0; i < PrefetchesAtATime && prefetches.TryDequeue(out var prefetch); i++)
        {
            part.Do(prefetch);
        }

        InstructionStream.Interleave(assembler, one, two, part);
    }

    private const int PrefetchesAtATime = 9;

    /// <summary>The points of some groups ahead into the second level of cache, and the next group's state into the first.</summary>
    private static Queue<Action<Assembler>> Prefetches(Steps steps)
    {
        var prefetches = new Queue<Action<Assembler>>();
        if (steps.HasFlag(Steps.Gather))
        {
            for (var lane = 0; lane < LaneElement.Lanes; lane++)
            {
                var index = sizeof(uint) * lane;
                prefetches.Enqueue(c => Abscissas.Prefetch(c, r11 + index));
            }
        }

        if (steps.HasFlag(Steps.Add))
        {
            for (var offset = 0; offset < Layout.Group; offset += KernelData.VectorBytes)
            {
                var line = offset;
                prefetches.Enqueue(c => c.prefetcht0(__byte_ptr[rdi + r8 + line]));
            }
        }

        return prefetches;
    }

    private static void Multiply(InstructionStream stream, Vector[] b, Func<int, Memory> a, Func<int, Memory> target)
    {
        Store(stream, stream.Multiply(b, a), target);
        stream.Release(b);
    }

    private Func<int, Memory> Temporary(int number) => InData(_temporary + number * KernelData.BlockBytes);

    private static Func<int, Memory> Imaginary(int offset) => InState(offset, part: 1);

    private static Func<int, Memory> InState(int offset, int part) => InState(offset + part * KernelData.BlockBytes);
}
