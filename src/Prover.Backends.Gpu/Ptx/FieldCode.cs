using Prover.Algebra;

namespace Prover.Backends.Gpu.Ptx;

/// <summary>PTX that computes in a prime field on elements of eight 32-bit words, least significant first.</summary>
/// <remarks>
/// Everything is a chain of carries (PTX ISA, "Extended-Precision Integer Arithmetic Instructions"). In a product by one word, the low half of
/// each partial product meets the high half of the one before, so that consecutive instructions depend on each other twice. Summing those of
/// even and of odd words apart avoids that, and leaves pairs mad.lo.cc, madc.hi.cc of the same factors with neighbouring results, which
/// assemblers fuse into one wide instruction.
/// </remarks>
/// <param name="text">What the instructions are appended to.</param>
/// <param name="modulus">p &lt; 2²⁵⁴ in eight words.</param>
/// <param name="negativeInverse">−p⁻¹ modulo 2³².</param>
internal sealed partial class FieldCode(PtxText text, ReadOnlyMemory<uint> modulus, uint negativeInverse)
{
    /// <summary>Words of an element.</summary>
    public const int Words = 8;

    private readonly string[] _modulus = [.. modulus.ToArray().Select(PtxText.Literal)];

    /// <summary>Code for the field of a modulus.</summary>
    public static FieldCode For<TModulus>(PtxText text)
        where TModulus : struct, IModulus =>
        new(
            text,
            ((ulong[])[TModulus.P0, TModulus.P1, TModulus.P2, TModulus.P3]).SelectMany(limb => (uint[])[(uint)limb, (uint)(limb >> 32)]).ToArray(),
            (uint)TModulus.NegativeInverse);

    /// <summary>a·b/2²⁵⁶ for a, b &lt; p.</summary>
    public string[] Product(string[] a, string[] b) => Accumulate((a, b));

    /// <summary>(a·b + c·d)/2²⁵⁶ for a, b, c, d &lt; p, with one reduction.</summary>
    public string[] SumOfProducts(string[] a, string[] b, string[] c, string[] d) => Accumulate((a, b), (c, d));

    /// <summary>a + b for a, b &lt; p.</summary>
    public string[] Sum(string[] a, string[] b)
    {
        // The sum is below 2p < 2²⁵⁵ and does not carry out.
        var sum = text.Registers(Words);
        AddChain(sum, a, b);
        return ReduceOnce(sum);
    }

    /// <summary>a − b for a, b &lt; p.</summary>
    public string[] Difference(string[] a, string[] b)
    {
        var (difference, borrow) = Subtract(a, b);
        var addend = text.Registers(Words);
        var result = text.Registers(Words);
        for (var i = 0; i < Words; i++)
        {
            text.Add("and.b32", addend[i], borrow, _modulus[i]);
        }

        AddChain(result, difference, addend);
        return result;
    }

    /// <summary>
    /// Montgomery's product (1985), word by word: T ← (T + Σ a·bᵢ + m·p)/2³² with m chosen so that the division is exact.
    /// </summary>
    /// <remarks>
    /// T is the sum of even[j]·2^(32j) and odd[j]·2^(32(j+1)). With k products T stays below (k + 1)·p: (T + k·p·(2³² − 1) + p·(2³² − 1))/2³² is.
    /// For k ≤ 2 what is to be divided is below 4p·2³² &lt; 2²⁸⁸, nine words, so nothing carries out of the last odd word. In the end
    /// T ≤ (k·p² + p·(2²⁵⁶ − 1))/2²⁵⁶ &lt; 2p, since k·p &lt; 2²⁵⁶.
    /// </remarks>
    private string[] Accumulate(params (string[] A, string[] B)[] products)
    {
        var even = text.Registers(Words);
        var odd = text.Registers(Words);
        for (var i = 0; i < Words; i++)
        {
            for (var k = 0; k < products.Length; k++)
            {
                var (a, b) = products[k];
                if (k > 0)
                    AddProduct(even, odd, a, b[i]);
                else if (i == 0)
                    Product(even, odd, a, b[0]);
                else
                    ShiftAndAddProduct(even, odd, a, b[i]);
            }

            var m = text.Register();
            text.Add("mul.lo.u32", m, even[0], PtxText.Literal(negativeInverse));
            AddProduct(even, odd, _modulus, m);

            // even[0] is 0 now. Divided by 2³², the odd words are the even ones, and the even ones from number 2 on the odd.
            (even, odd) = (odd, even);
        }

        var result = text.Registers(Words);
        AddChain(result, even, [.. odd[1..], "0"]);
        return ReduceOnce(result);
    }

    /// <summary>even + 2³²·odd ← a·factor.</summary>
    private void Product(string[] even, string[] odd, string[] a, string factor)
    {
        for (var j = 0; j < Words; j += 2)
        {
            text.Add("mul.lo.u32", even[j], a[j], factor);
            text.Add("mul.hi.u32", even[j + 1], a[j], factor);
            text.Add("mul.lo.u32", odd[j], a[j + 1], factor);
            text.Add("mul.hi.u32", odd[j + 1], a[j + 1], factor);
        }
    }

    /// <summary>even + 2³²·odd ← even + odd[1] + 2³²·(odd/2⁶⁴) + a·factor: the division by 2³² left over from the round before.</summary>
    private void ShiftAndAddProduct(string[] even, string[] odd, string[] a, string factor)
    {
        text.Add("add.cc.u32", even[0], even[0], odd[1]);
        ShiftAndAddOddProduct(odd, a, factor);
        AddEvenProduct(even, odd, a, factor);
    }

    /// <summary>odd ← odd/2⁶⁴ + the carry + the product of the odd words of a and a factor.</summary>
    private void ShiftAndAddOddProduct(string[] odd, string[] a, string factor)
    {
        for (var j = 0; j < Words; j += 2)
        {
            var isLast = j == Words - 2;
            text.Add("madc.lo.cc.u32", odd[j], a[j + 1], factor, isLast ? "0" : odd[j + 2]);
            text.Add(isLast ? "madc.hi.u32" : "madc.hi.cc.u32", odd[j + 1], a[j + 1], factor, isLast ? "0" : odd[j + 3]);
        }
    }

    /// <summary>even + 2³²·odd ← even + 2³²·odd + a·factor.</summary>
    private void AddProduct(string[] even, string[] odd, string[] a, string factor)
    {
        for (var j = 0; j < Words; j += 2)
        {
            text.Add(j == 0 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", odd[j], a[j + 1], factor, odd[j]);
            text.Add(j == Words - 2 ? "madc.hi.u32" : "madc.hi.cc.u32", odd[j + 1], a[j + 1], factor, odd[j + 1]);
        }

        AddEvenProduct(even, odd, a, factor);
    }

    private void AddEvenProduct(string[] even, string[] odd, string[] a, string factor)
    {
        for (var j = 0; j < Words; j += 2)
        {
            text.Add(j == 0 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", even[j], a[j], factor, even[j]);
            text.Add("madc.hi.cc.u32", even[j + 1], a[j], factor, even[j + 1]);
        }

        text.Add("addc.u32", odd[^1], odd[^1], "0");
    }

    /// <summary>sum ← a + b, whose last word does not carry.</summary>
    private void AddChain(string[] sum, string[] a, string[] b)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            text.Add(i == 0 ? "add.cc.u32" : i < sum.Length - 1 ? "addc.cc.u32" : "addc.u32", sum[i], a[i], b[i]);
        }
    }

    /// <summary>a for a &lt; p, a − p for p ≤ a &lt; 2p.</summary>
    private string[] ReduceOnce(string[] a)
    {
        var (difference, borrow) = Subtract(a, _modulus);
        text.Add("setp.ne.u32", "%borrow", borrow, "0");
        var result = text.Registers(Words);
        for (var i = 0; i < Words; i++)
        {
            text.Add("selp.b32", result[i], a[i], difference[i], "%borrow");
        }

        return result;
    }

    /// <summary>a − b modulo two to the power of their bits, and all ones if b &gt; a, otherwise 0.</summary>
    private (string[] Difference, string Borrow) Subtract(string[] a, string[] b)
    {
        var difference = text.Registers(a.Length);
        for (var i = 0; i < a.Length; i++)
        {
            text.Add(i == 0 ? "sub.cc.u32" : "subc.cc.u32", difference[i], a[i], b[i]);
        }

        var borrow = text.Register();
        text.Add("subc.u32", borrow, "0", "0");
        return (difference, borrow);
    }
}
