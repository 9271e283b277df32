using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs to be measured: products and nothing else.</summary>
internal static class MeasureKernels
{
    /// <summary>
    /// Each thread's element to the power <paramref name="products"/> + 1: every product waits for the one before it, so that only other threads fill the
    /// time that it takes.
    /// </summary>
    public static void MultiplyInOneChain(Index1D thread, ArrayView<Element> elements, int products, ArrayView<Element> powers)
    {
        var element = elements[thread];
        var power = element;
        for (var i = 0; i < products; i++)
        {
            power = Element.Multiply(power, element);
        }

        powers[thread] = power;
    }

    /// <summary>
    /// The sum of the powers of four elements a thread, element k of which is elements[4·thread + k]: four chains of products that do not wait for each other.
    /// </summary>
    public static void MultiplyInFourChains(Index1D thread, ArrayView<Element> elements, int products, ArrayView<Element> powers)
    {
        var (a, b, c, d) = (elements[4 * thread], elements[4 * thread + 1], elements[4 * thread + 2], elements[4 * thread + 3]);
        var (p, q, r, s) = (a, b, c, d);
        for (var i = 0; i < products; i++)
        {
            p = Element.Multiply(p, a);
            q = Element.Multiply(q, b);
            r = Element.Multiply(r, c);
            s = Element.Multiply(s, d);
        }

        powers[thread] = Element.Add(Element.Add(p, q), Element.Add(r, s));
    }
}
