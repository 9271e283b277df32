using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on vectors of scalars, one thread for each butterfly or element.</summary>
/// <remarks>The roots are those of <see cref="ButterflyRoots"/>; see there why the inverse needs none of its own.</remarks>
internal static class TransformKernels
{
    /// <summary>One stage of decimation in frequency: (a, b) ← (a + b, (a − b)·ζ^±ʲ) at distance <paramref name="half"/>.</summary>
    public static void InFrequency(Index1D index, ArrayView<Element> elements, ArrayView<Element> roots, int half, int inverse)
    {
        int thread = index;
        var j = thread & (half - 1);
        var low = 2 * (thread - j) + j;
        var a = elements[low];
        var b = elements[low + half];
        elements[low] = Element.Add(a, b);
        var difference = inverse != 0 && j != 0 ? Element.Subtract(b, a) : Element.Subtract(a, b);
        elements[low + half] = Element.Multiply(difference, roots[RootIndex(half, j, inverse)]);
    }

    /// <summary>One stage of decimation in time: (a, b) ← (a + b·ζ^±ʲ, a − b·ζ^±ʲ) at distance <paramref name="half"/>.</summary>
    public static void InTime(Index1D index, ArrayView<Element> elements, ArrayView<Element> roots, int half, int inverse)
    {
        int thread = index;
        var j = thread & (half - 1);
        var low = 2 * (thread - j) + j;
        var a = elements[low];
        var b = Element.Multiply(elements[low + half], roots[RootIndex(half, j, inverse)]);
        var sum = Element.Add(a, b);
        var difference = Element.Subtract(a, b);
        var swap = inverse != 0 && j != 0;
        elements[low] = swap ? difference : sum;
        elements[low + half] = swap ? sum : difference;
    }

    /// <summary>Element i is multiplied by gⁱ, found with its index reversed if the elements lie in that order.</summary>
    public static void ShiftToOddCoset(Index1D index, ArrayView<Element> elements, ArrayView<Element> roots, int logSize, int reversed)
    {
        var exponent = reversed != 0 ? BitReversal.Of(index, logSize) : (int)index;
        elements[index] = Element.Multiply(elements[index], roots[(1 << logSize) + exponent]);
    }

    /// <summary>Every element is multiplied by the only element of <paramref name="factor"/>.</summary>
    public static void Scale(Index1D index, ArrayView<Element> elements, ArrayView<Element> factor) =>
        elements[index] = Element.Multiply(elements[index], factor[0]);

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

    /// <summary>a ← a∘b − c.</summary>
    public static void MultiplySubtract(Index1D index, ArrayView<Element> a, ArrayView<Element> b, ArrayView<Element> c) =>
        a[index] = Element.Subtract(Element.Multiply(a[index], b[index]), c[index]);

    /// <summary>Where ζʲ is, or for j &gt; 0 of an inverse transform −ζ⁻ʲ.</summary>
    private static int RootIndex(int half, int j, int inverse) => inverse != 0 && j != 0 ? 2 * half - j : half + j;
}
