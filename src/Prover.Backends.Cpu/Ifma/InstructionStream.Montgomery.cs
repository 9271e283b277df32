using Memory = Iced.Intel.AssemblerMemoryOperand;
using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Montgomery products with R = 2²⁶⁰ (Montgomery 1985), by columns of 52 bits.</summary>
/// <remarks>
/// <para>
/// A product of limbs is added to two columns, its low 52 bits to one and its high 52 bits to the next. Row i of the reduction adds m·p
/// with m = tᵢ·(−p⁻¹) mod 2⁵², so that column i becomes a multiple of 2⁵² and goes on as a carry. Of m·p₀ only that carry is needed: column i
/// plus lo(m·p₀) is the next multiple of 2⁵², so the carry is ⌈tᵢ/2⁵²⌉ = (tᵢ + 2⁵² − 1) ≫ 52, and one product in a hundred is saved.
/// </para>
/// <para>
/// Ranges: for factors below 2²⁶⁰ the result t satisfies 0 ≤ t ≤ a·b/2²⁶⁰ + p: it is below a·b/2²⁶⁰ + m·p/2²⁶⁰ with m &lt; 2²⁶⁰. A column
/// collects at most ten products' halves, five of the reduction's among them, below 20·2⁵² &lt; 2⁵⁷, so 64 bits hold it.
/// Signed columns (differences of products) are carried by arithmetic shifts.
/// </para>
/// </remarks>
internal sealed partial class InstructionStream
{
    /// <summary>a·b/2²⁶⁰ mod p, limbs not normalised: 95 + 5 multiplications. b stays; a is read limb by limb.</summary>
    /// <param name="b">Normalised.</param>
    /// <param name="a">Normalised.</param>
    /// <param name="broadcast">Whether a's limbs are single words that all lanes share.</param>
    public Vector[] Multiply(Vector[] b, Func<int, Memory> a, bool broadcast = false)
    {
        var columns = new Columns(this);
        for (var i = 0; i < Limbs; i++)
        {
            columns.AddRow(i, LoadLimb(a(i), broadcast), b);

            // One row behind, so that the reduction's chain overlaps the next row's products.
            if (i > 0)
                columns.Reduce(i - 1);
        }

        columns.Reduce(Limbs - 1);
        return columns.High();
    }

    /// <summary>(a₀·b₀ + a₁·b₁)/2²⁶⁰ mod p with one reduction: 150 multiplications.</summary>
    public Vector[] MultiplyAdd(Vector[] b0, Func<int, Memory> a0, Vector[] b1, Func<int, Memory> a1)
    {
        var columns = new Columns(this);
        for (var i = 0; i < Limbs; i++)
        {
            columns.AddRow(i, LoadLimb(a0(i), broadcast: false), b0);
            columns.AddRow(i, LoadLimb(a1(i), broadcast: false), b1);
            if (i > 0)
                columns.Reduce(i - 1);
        }

        columns.Reduce(Limbs - 1);
        return columns.High();
    }

    /// <summary>b²/2²⁶⁰ mod p: 75 + 5 multiplications, since mixed products are doubled.</summary>
    public Vector[] Square(Vector[] b)
    {
        var columns = new Columns(this);
        for (var i = 0; i < Limbs; i++)
        {
            for (var j = i + 1; j < Limbs; j++)
            {
                columns.AddProduct(i + j, b[i], b[j]);
            }
        }

        columns.Double();
        for (var i = 0; i < Limbs; i++)
        {
            columns.AddProduct(2 * i, b[i], b[i]);
        }

        for (var i = 0; i < Limbs; i++)
        {
            columns.Reduce(i);
        }

        return columns.High();
    }

    private Vector LoadLimb(Memory limb, bool broadcast)
    {
        var vector = Take();
        Do(broadcast ? c => c.vpbroadcastq(vector, limb) : c => c.vmovdqu64(vector, limb));
        return vector;
    }

    /// <summary>The ten columns of a product; a register is taken when something is first added to a column.</summary>
    private sealed class Columns(InstructionStream stream)
    {
        private readonly Vector?[] _columns = new Vector?[2 * Limbs];

        /// <summary>Makes a register that holds column i's first summand the column.</summary>
        public void Begin(int i, Vector summand) => _columns[i] = summand;

        /// <summary>Adds x·b at column i and gives x back.</summary>
        public void AddRow(int i, Vector x, Vector[] b)
        {
            // All low halves first: neighbours in the sequence then go to different columns.
            for (var j = 0; j < Limbs; j++)
            {
                AddLow(i + j, x, b[j]);
            }

            for (var j = 0; j < Limbs; j++)
            {
                AddHigh(i + j + 1, x, b[j]);
            }

            stream.Release(x);
        }

        /// <summary>Adds x·y at column i.</summary>
        public void AddProduct(int i, Vector x, Vector y)
        {
            AddLow(i, x, y);
            AddHigh(i + 1, x, y);
        }

        /// <summary>Doubles what there is.</summary>
        public void Double()
        {
            foreach (var column in _columns)
            {
                if (column is { } vector)
                    stream.Do(c => c.vpaddq(vector, vector, vector));
            }
        }

        /// <summary>Makes column i vanish by adding a multiple of p, and carries it.</summary>
        public void Reduce(int i)
        {
            var (data, m, column) = (stream.Data, stream.Take(), Column(i));
            stream.Do(c => c.vpxorq(m, m, m));
            stream.Do(c => c.vpmadd52luq(m, column, data.NegativeInverse));
            stream.Do(c => c.vpaddq(column, column, data.Mask));
            stream.Do(c => c.vpsraq(column, column, KernelData.LimbBits));
            for (var j = 1; j < Limbs; j++)
            {
                var (target, limb) = (Column(i + j), data.ModulusLimb(j));
                stream.Do(c => c.vpmadd52luq(target, m, limb));
            }

            var next = Column(i + 1);
            stream.Do(c => c.vpaddq(next, next, column));
            stream.Release(column);
            _columns[i] = null;
            for (var j = 0; j < Limbs; j++)
            {
                var (target, limb) = (Column(i + j + 1), data.ModulusLimb(j));
                stream.Do(c => c.vpmadd52huq(target, m, limb));
            }

            stream.Release(m);
        }

        /// <summary>The upper five columns, which are all that is left.</summary>
        public Vector[] High() => [.. _columns.Skip(Limbs).Select(column => column!.Value)];

        private void AddLow(int i, Vector x, Vector y)
        {
            var column = Column(i);
            stream.Do(c => c.vpmadd52luq(column, x, y));
        }

        private void AddHigh(int i, Vector x, Vector y)
        {
            var column = Column(i);
            stream.Do(c => c.vpmadd52huq(column, x, y));
        }

        private Vector Column(int i)
        {
            if (_columns[i] is { } known)
                return known;

            var vector = stream.Take();
            _columns[i] = vector;
            stream.Do(c => c.vpxorq(vector, vector, vector));
            return vector;
        }
    }
}
