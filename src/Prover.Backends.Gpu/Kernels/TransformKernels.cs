using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on vectors of scalars to transform them, each group on a tile of elements in its shared memory.</summary>
/// <remarks>The roots are those of <see cref="ButterflyRoots"/>; see there why the inverse needs none of its own.</remarks>
internal static class TransformKernels
{
    /// <summary>
    /// Reads each group's tile, goes through stages of decimation in frequency, multiplies by factors, goes through stages of decimation in time, and
    /// writes the tile back. Shared memory: the tile, word k of element e at word (k &lt;&lt; TileBits) + e, so that neighbours lie in different banks.
    /// </summary>
    /// <param name="elements">The vector.</param>
    /// <param name="roots">Roots for a transform as long as the vector.</param>
    /// <param name="factors">One factor, or one for each element as it lies then.</param>
    /// <param name="pass">What to do.</param>
    public static void Pass(ArrayView<Element> elements, ArrayView<Element> roots, ArrayView<Element> factors, TransformPass pass)
    {
        var tile = SharedMemory.GetDynamic<uint>();
        var size = 1 << pass.TileBits;
        for (var e = Group.IdxX; e < size; e += Group.DimX)
        {
            elements[pass.IndexOf(Grid.IdxX, e)].Scatter(tile, e, size, ~0u, 0);
        }

        if (pass.Frequency != TransformPass.None)
        {
            for (var stage = pass.Bits - 1; stage >= 0; stage--)
            {
                Group.Barrier();
                InFrequency(tile, roots, pass, stage);
            }
        }

        if (pass.Factors != TransformPass.None)
        {
            Group.Barrier();
            for (var e = Group.IdxX; e < size; e += Group.DimX)
            {
                var factor = factors[pass.Factors == TransformPass.OneFactor ? 0 : pass.IndexOf(Grid.IdxX, e)];
                Element.Multiply(Element.Gather(tile, e, size), factor).Scatter(tile, e, size, ~0u, 0);
            }
        }

        if (pass.Time != TransformPass.None)
        {
            for (var stage = 0; stage < pass.Bits; stage++)
            {
                Group.Barrier();
                InTime(tile, roots, pass, stage);
            }
        }

        Group.Barrier();
        for (var e = Group.IdxX; e < size; e += Group.DimX)
        {
            elements[pass.IndexOf(Grid.IdxX, e)] = Element.Gather(tile, e, size);
        }
    }

    /// <summary>Element i is multiplied by gⁱ, found with its index reversed if the elements lie in that order.</summary>
    public static void ShiftToOddCoset(Index1D index, ArrayView<Element> elements, ArrayView<Element> roots, int logSize, int reversed)
    {
        var exponent = reversed != 0 ? BitReversal.Of(index, logSize) : (int)index;
        elements[index] = Element.Multiply(elements[index], roots[(1 << logSize) + exponent]);
    }

    /// <summary>Elements whose indices are each other's reversal change places.</summary>
    public static void ReverseOrder(Index1D index, ArrayView<Element> elements, int logSize)
    {
        var reversed = BitReversal.Of(index, logSize);
        if (index < reversed)
        {
            var element = elements[index];
            elements[index] = elements[reversed];
            elements[reversed] = element;
        }
    }

    /// <summary>c ← a∘b.</summary>
    public static void Multiply(Index1D index, ArrayView<Element> a, ArrayView<Element> b, ArrayView<Element> c) =>
        c[index] = Element.Multiply(a[index], b[index]);

    /// <summary>a ← a∘b − c.</summary>
    public static void MultiplySubtract(Index1D index, ArrayView<Element> a, ArrayView<Element> b, ArrayView<Element> c) =>
        a[index] = Element.Subtract(Element.Multiply(a[index], b[index]), c[index]);

    /// <summary>Of powers of a number the first <paramref name="known"/> are there; as many again are made with the next one.</summary>
    public static void Extend(Index1D index, ArrayView<Element> powers, int known, ArrayView<Element> next) =>
        powers[known + index] = Element.Multiply(powers[index], next[0]);

    /// <summary>Entry i &gt; 0 of a table of roots whose upper half, 2^<paramref name="logSize"/> entries, is there.</summary>
    public static void FillRoots(Index1D index, ArrayView<Element> roots, int logSize)
    {
        var level = 0;
        while (index >> level > 1)
        {
            level++;
        }

        if (index > 0)
            roots[index] = roots[index << (logSize - level)];
    }

    /// <summary>gⁱ/n, each where <see cref="Pass"/> wants it between an interpolation and an evaluation on the odd coset.</summary>
    public static void FillShifts(Index1D index, ArrayView<Element> shifts, ArrayView<Element> roots, int logSize, ArrayView<Element> sizeInverse) =>
        shifts[index] = Element.Multiply(roots[(1 << logSize) + BitReversal.Of(index, logSize)], sizeInverse[0]);

    /// <summary>(a, b) ← (a + b, (a − b)·ζ^±ʲ).</summary>
    private static void InFrequency(ArrayView<uint> tile, ArrayView<Element> roots, TransformPass pass, int stage)
    {
        var size = 1 << pass.TileBits;
        var isInverse = pass.Frequency == TransformPass.Inverse;
        for (var butterfly = Group.IdxX; butterfly < size >> 1; butterfly += Group.DimX)
        {
            var low = pass.LowOf(butterfly, stage);
            var high = low + (1 << (pass.Offset + stage));
            var (half, j) = pass.RootOf(Grid.IdxX, low, stage);
            var a = Element.Gather(tile, low, size);
            var b = Element.Gather(tile, high, size);
            var difference = isInverse && j != 0 ? Element.Subtract(b, a) : Element.Subtract(a, b);
            Element.Add(a, b).Scatter(tile, low, size, ~0u, 0);
            Element.Multiply(difference, roots[RootIndex(half, j, isInverse)]).Scatter(tile, high, size, ~0u, 0);
        }
    }

    /// <summary>(a, b) ← (a + b·ζ^±ʲ, a − b·ζ^±ʲ).</summary>
    private static void InTime(ArrayView<uint> tile, ArrayView<Element> roots, TransformPass pass, int stage)
    {
        var size = 1 << pass.TileBits;
        var isInverse = pass.Time == TransformPass.Inverse;
        for (var butterfly = Group.IdxX; butterfly < size >> 1; butterfly += Group.DimX)
        {
            var low = pass.LowOf(butterfly, stage);
            var high = low + (1 << (pass.Offset + stage));
            var (half, j) = pass.RootOf(Grid.IdxX, low, stage);
            var a = Element.Gather(tile, low, size);
            var b = Element.Multiply(Element.Gather(tile, high, size), roots[RootIndex(half, j, isInverse)]);
            var swap = isInverse && j != 0;
            Element.Add(a, b).Scatter(tile, swap ? high : low, size, ~0u, 0);
            Element.Subtract(a, b).Scatter(tile, swap ? low : high, size, ~0u, 0);
        }
    }

    /// <summary>Where ζʲ is, or for j &gt; 0 of an inverse transform −ζ⁻ʲ.</summary>
    private static int RootIndex(int half, int j, bool isInverse) => isInverse && j != 0 ? 2 * half - j : half + j;
}
