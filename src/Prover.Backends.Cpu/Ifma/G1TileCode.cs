using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;
using Layout = Prover.Backends.Cpu.Ifma.G1TileLayout;
using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The code of a tile's passes: additions of affine points to many buckets at once, with one inversion for all.</summary>
/// <remarks>
/// <para>
/// With λ = (y₂ − y₁)/(x₂ − x₁) the sum of two points is x₃ = λ² − x₁ − x₂, y₃ = λ(x₂ − x₃) − y₂. All denominators are inverted together
/// (Montgomery's trick): on the way through the tile each group keeps the product of the denominators before it; after the inversion of the
/// product of all, the way back multiplies each group's share out. The next point is gathered while the sum is at hand and the next product
/// is collected on the same way, so the direction alternates and the tile is read once for each round.
/// </para>
/// <para>
/// Points lie in memory in Montgomery form for R = 2²⁵⁶, which the kernels, whose R is 2²⁶⁰, read as points of coordinates x/16, y/16.
/// The formulas hold for these but for λ², which must be divided by 16: the round's inverse is scaled by 1/4 beforehand, so that μ = λ/4 and
/// x₃ = μ² − x₁ − x₂, y₃ = 4μ(x₂ − x₃) − y₂ (in the kernels' reading), and sums are in the form of the points again. The curve's b takes no part.
/// </para>
/// <para>Bounds, in units of p (2²⁶⁰ is above 84p; a product of factors below a and b is below 1 + ab/84):</para>
/// <code>
/// x₂ ∈ [0, 1)        y₂ ∈ (−1, 1)         points as read, or negated
/// x₁ ∈ [0, 1.66)     y₁ ∈ (−1, 3.4)       sums
/// Run ∈ (1.3, 4)     Rise ∈ (0.6, 7)      differences, plus 3 and 5
/// μ ∈ [0, 1.2)                            μ²∈ [0, 1.02)
/// x₃ = μ² + Run − 2·x₂ ∈ (0.3, 4.1)       as Run − 2·x₂ = 3 − x₁ − x₂; a multiple of p is subtracted by table: [0, 1.66)
/// 4·(x₂ − x₃) + 7 ∈ (0.3, 11)             y₃ = μ·that + 1 − y₂ ∈ (0, 3.4)
/// </code>
/// <para>Of lanes that double a point (x, y), whose x₁ and x₂ are X′ and y₂ is Y′:</para>
/// <code>
/// 3x²/2 &lt; 1 + 24/84 &lt; 1.3                Rise &lt; 2.6
/// x + y + 2 ∈ (1, 4)                      X′ ∈ [0, 1.66) by table
/// Run = 3 + 2·(X′ − x) ∈ (1, 6.4)         Run − 2·X′ = 3 − 2x ∈ (1, 3]
/// y + 3x²/2 + 2 ∈ (1, 4.3)                Y′ ∈ [0, 1.66) by table
/// 4·(X′ − x₃) + 7 ∈ (0.3, 13.7)           y₃ ∈ (−0.66, 3.4)
/// </code>
/// </remarks>
internal sealed class G1TileCode : TileCode
{
    private readonly int _product, _inverse, _temporary;

    public G1TileCode()
    {
        _product = Data.Scratch(2 * KernelData.Limbs);
        _inverse = Data.Scratch(2 * KernelData.Limbs);
        _temporary = Data.Scratch(2 * Temporaries * KernelData.Limbs);
        Inversion = new LaneInversion(Data, _product, _product + KernelData.BlockBytes, _inverse, ofProduct: false);
        EmitPasses();
    }

    private const int Temporaries = 4;

    private static readonly GatheredPart Points = new(LogBytes: 6, Offset: 0);

    /// <summary>Offset of the two streams' running products in a thread's data.</summary>
    public int Product => _product;

    /// <inheritdoc/>
    public override LaneInversion Inversion { get; }

    /// <inheritdoc/>
    protected override void EmitGroup(Assembler assembler, Steps steps) =>
        InstructionStream.Interleave(assembler, Stream(steps, 0), Stream(steps, 1), Prefetches(steps));

    /// <summary>What one stream does with its group of a pair.</summary>
    private InstructionStream Stream(Steps steps, int index)
    {
        var stream = new InstructionStream(Data, 16 * index);
        var group = new Operands(index * Layout.Group, At(_product, index), At(_inverse, index), i => At(_temporary, index * Temporaries + i));
        if (steps.HasFlag(Steps.Add))
        {
            ShareInverse(stream, group);
            AddPoints(stream, group, index);
        }
        else if (steps.HasFlag(Steps.Differences))
        {
            stream.Store(stream.Load(group.State(Layout.X)), group.SumX);
            stream.Store(stream.Load(group.State(Layout.Y)), group.SumY);
        }

        if (steps.HasFlag(Steps.Double))
            BeginDoubling(stream, group, kept: 3 + index);

        if (steps.HasFlag(Steps.Gather))
        {
            var (x, y) = stream.GatherCoordinates(32 * index, Points);
            stream.Store(x, group.State(Layout.X));
            stream.LoadSigns(32 * index, 1 + index);
            stream.Negate(y, 1 + index);
            stream.Store(y, group.State(Layout.Y));
        }

        if (steps.HasFlag(Steps.Differences))
            TakeDifferences(stream, group);
        else if (steps.HasFlag(Steps.Add))
            KeepSum(stream, group);

        if (steps.HasFlag(Steps.Differences) || steps.HasFlag(Steps.Chain))
            CollectProduct(stream, group);

        return stream;

        static Func<int, Memory> At(int offset, int element) => InData(offset + element * KernelData.BlockBytes);
    }

    /// <summary>1/(4·Run) = inverse·Prefix; μ = Rise·that; the inverse of what is left = inverse·Run.</summary>
    private static void ShareInverse(InstructionStream stream, Operands group)
    {
        var inverse = stream.Load(group.Inverse);
        Multiply(stream, inverse, group.State(Layout.Prefix), group.Slope);
        Multiply(stream, inverse, group.State(Layout.Run), group.Inverse);
        stream.Release(inverse);
        var rise = stream.Load(group.State(Layout.Rise));
        Multiply(stream, rise, group.Slope, group.Slope);
        stream.Release(rise);
    }

    /// <summary>x₃ = μ² + Run − 2·x₂ and y₃ = μ·(4·(x₂ − x₃) + 7p) + p − y₂; in lanes that restart, the latest point.</summary>
    private void AddPoints(InstructionStream stream, Operands group, int index)
    {
        var restarts = 3 + index;
        var slope = stream.Load(group.Slope);
        var x = stream.Square(slope);
        stream.Add(x, group.State(Layout.Run));
        stream.Subtract(x, group.State(Layout.X));
        stream.Subtract(x, group.State(Layout.X));
        SubtractMultiple(stream, x);
        stream.Normalise(x);
        stream.LoadMask(restarts, __byte_ptr[rdi + group.Offset + Layout.Restarts]);
        stream.Blend(x, group.State(Layout.X), restarts);
        stream.Save(x, group.SumX);

        var distance = stream.Load(group.State(Layout.X));
        stream.Subtract(distance, x);
        stream.Release(x);
        stream.Quadruple(distance);
        stream.Add(distance, Data.Multiple(7));
        Store(stream, distance, group.Distance);

        var y = stream.Multiply(slope, group.Distance);
        stream.Release(slope);
        stream.Add(y, Data.Multiple(1));
        stream.Subtract(y, group.State(Layout.Y));
        stream.Blend(y, group.State(Layout.Y), restarts);
        stream.Store(y, group.SumY);
    }

    private void TakeDifferences(InstructionStream stream, Operands group)
    {
        var rise = stream.Load(group.State(Layout.Y));
        stream.Add(rise, Data.Multiple(5));
        stream.Subtract(rise, group.SumY);
        Store(stream, rise, group.State(Layout.Rise));
        var run = stream.Load(group.State(Layout.X));
        stream.Add(run, Data.Multiple(3));
        stream.Subtract(run, group.SumX);
        Store(stream, run, group.State(Layout.Run));
    }

    private static void CollectProduct(InstructionStream stream, Operands group)
    {
        stream.Store(stream.Load(group.Product), group.State(Layout.Prefix));
        var run = stream.Load(group.State(Layout.Run));
        Multiply(stream, run, group.Product, group.Product);
        stream.Release(run);
    }

    /// <summary>Run = 3p + 2·(X′ − x), Rise = 3x², X′ = x + y, Y′ = y + 3x²/2, but in lanes that are kept.</summary>
    private void BeginDoubling(InstructionStream stream, Operands group, int kept)
    {
        stream.LoadMask(kept, __byte_ptr[rdi + group.Offset + Layout.Kept]);

        // x stands for x/16, and 8·x · 3·x for 24·x²/256 = (3x²/2)/16.
        var eight = stream.Load(group.State(Layout.X));
        stream.Double(eight);
        stream.Quadruple(eight);
        Store(stream, eight, group.Slope);
        var three = stream.Load(group.State(Layout.X));
        stream.Add(three, group.State(Layout.X));
        stream.Add(three, group.State(Layout.X));
        stream.Normalise(three);
        var rise = stream.Multiply(three, group.Slope);
        stream.Release(three);
        stream.Save(rise, group.Slope);
        stream.Double(rise);
        Replace(stream, rise, group.State(Layout.Rise), kept);

        var x = stream.Load(group.State(Layout.X));
        stream.Add(x, group.State(Layout.Y));
        stream.Add(x, Data.Multiple(2));
        SubtractMultiple(stream, x);
        stream.Normalise(x);
        stream.Save(x, group.SumX);
        stream.Double(x);
        stream.Add(x, Data.Multiple(3));
        stream.Subtract(x, group.State(Layout.X));
        stream.Subtract(x, group.State(Layout.X));
        Replace(stream, x, group.State(Layout.Run), kept);
        Replace(stream, stream.Load(group.SumX), group.State(Layout.X), kept);

        var y = stream.Load(group.State(Layout.Y));
        stream.Add(y, group.Slope);
        stream.Add(y, Data.Multiple(2));
        SubtractMultiple(stream, y);
        Replace(stream, y, group.State(Layout.Y), kept);
    }

    private static void KeepSum(InstructionStream stream, Operands group)
    {
        stream.Store(stream.Load(group.SumX), group.State(Layout.X));
        var y = stream.Load(group.SumY);
        Store(stream, y, group.State(Layout.Y));
    }

    private static void Multiply(InstructionStream stream, Vector[] b, Func<int, Memory> a, Func<int, Memory> target)
    {
        var product = stream.Multiply(b, a);
        Store(stream, product, target);
    }

    /// <summary>The points of three pairs ahead into the second level of cache, and the next pair's state into the first.</summary>
    private InstructionStream Prefetches(Steps steps)
    {
        var stream = new InstructionStream(Data, 0, 0);
        if (steps.HasFlag(Steps.Gather))
        {
            for (var i = 0; i < Layout.PairBuckets; i++)
            {
                var index = 4 * i;
                stream.Do(c => Points.Prefetch(c, r11 + index));
            }
        }

        if (steps.HasFlag(Steps.Add))
        {
            for (var offset = 0; offset < Layout.Pair; offset += KernelData.VectorBytes)
            {
                var line = offset;
                stream.Do(c => c.prefetcht0(__byte_ptr[rdi + r8 + line]));
            }
        }

        return stream;
    }

    /// <summary>Where a stream's operands are: its group's state from rdi on, the rest in the thread's data.</summary>
    private sealed record Operands(int Offset, Func<int, Memory> Product, Func<int, Memory> Inverse, Func<int, Func<int, Memory>> Temporary)
    {
        public Func<int, Memory> SumX => Temporary(0);

        public Func<int, Memory> SumY => Temporary(1);

        public Func<int, Memory> Slope => Temporary(2);

        public Func<int, Memory> Distance => Temporary(3);

        public Func<int, Memory> State(int part) => InState(Offset + part);
    }
}
