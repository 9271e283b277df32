namespace Prover.Backends.Gpu.Ptx;

/// <summary>Whole products of sixteen words, and their reduction.</summary>
internal sealed partial class FieldCode
{
    /// <summary>The product in Fq[u]/(u² + 1) of a₀ + a₁·u and b₀ + b₁·u, all below p.</summary>
    /// <remarks>
    /// Karatsuba's three products, reduced only when they are added up: a₀b₀ − a₁b₁ and (a₀ + a₁)(b₀ + b₁) − a₀b₀ − a₁b₁ = a₀b₁ + a₁b₀. The first, plus p·2²⁵⁶ if
    /// it is negative, and the second, below 2p², are both below p·2²⁵⁶. That is 320 wide multiplications; four products and two reductions are 384.
    /// </remarks>
    public (string[] Real, string[] Imaginary) QuadraticProduct(string[] a0, string[] a1, string[] b0, string[] b1)
    {
        var first = FullProduct(a0, b0);
        var second = FullProduct(a1, b1);
        var (aSum, bSum) = (text.Registers(Words), text.Registers(Words));
        AddChain(aSum, a0, a1);
        AddChain(bSum, b0, b1);
        var cross = FullProduct(aSum, bSum);

        var (real, borrow) = Subtract(first, second);
        var addend = text.Registers(Words);
        for (var i = 0; i < Words; i++)
        {
            text.Add("and.b32", addend[i], borrow, _modulus[i]);
        }

        var high = text.Registers(Words);
        AddChain(high, real[Words..], addend);
        var (imaginary, _) = Subtract(Subtract(cross, first).Difference, second);
        return (ReduceWide([.. real[..Words], .. high]), ReduceWide(imaginary));
    }

    /// <summary>The sixteen words of a·b.</summary>
    private string[] FullProduct(string[] a, string[] b)
    {
        var even = new string?[2 * Words];
        var odd = new string?[2 * Words];
        for (var i = 0; i < Words; i++)
        {
            AddRow(even, a, b[i], i, i % 2);
            AddRow(odd, a, b[i], i, 1 - i % 2);
        }

        var product = text.Registers(2 * Words);
        AddChain(product, OrZeros(even), OrZeros(odd));
        return product;
    }

    private static string[] OrZeros(string?[] words) => [.. words.Select(word => word ?? "0")];

    /// <summary>Adds to a chain's words, from word i + j on, a factor times every second word of a from number j on.</summary>
    private void AddRow(string?[] chain, string[] a, string factor, int i, int j)
    {
        var wasThere = false;
        for (var first = j; j < Words; j += 2)
        {
            var word = i + j;
            var (low, high) = (chain[word], chain[word + 1]);
            (chain[word], chain[word + 1]) = (text.Register(), text.Register());
            if (i == 0)
            {
                // Nothing is there yet, and nothing carries.
                text.Add("mul.lo.u32", chain[word]!, factor, a[j]);
                text.Add("mul.hi.u32", chain[word + 1]!, factor, a[j]);
                continue;
            }

            text.Add(j == first ? "mad.lo.cc.u32" : "madc.lo.cc.u32", chain[word]!, factor, a[j], low ?? "0");
            text.Add("madc.hi.cc.u32", chain[word + 1]!, factor, a[j], high ?? "0");
            wasThere = high is not null;
        }

        // The upper half of a product and a carry fit a word that was not there before.
        if (wasThere)
        {
            chain[i + j] = text.Register();
            text.Add("addc.u32", chain[i + j]!, "0", "0");
        }
    }

    /// <summary>a/2²⁵⁶ for sixteen words a &lt; p·2²⁵⁶.</summary>
    private string[] ReduceWide(string[] a)
    {
        // The upper half is below p, and what the reduction leaves of the lower one is at most p, so that the sum is below 2p.
        var result = text.Registers(Words);
        AddChain(result, Reduce(a[..Words]), a[Words..]);
        return ReduceOnce(result);
    }

    /// <summary>(a + m·p)/2²⁵⁶ for eight words a, with m &lt; 2²⁵⁶ such that the division is exact: below p + 1.</summary>
    private string[] Reduce(string[] a)
    {
        var even = text.Registers(Words);
        var odd = text.Registers(Words);
        for (var j = 0; j < Words; j++)
        {
            text.Add("mov.b32", even[j], a[j]);
        }

        for (var i = 0; i < Words; i++)
        {
            var m = text.Register();
            if (i > 0)
                text.Add("add.cc.u32", even[0], even[0], odd[1]);

            text.Add("mul.lo.u32", m, even[0], PtxText.Literal(negativeInverse));
            if (i == 0)
                OddProduct(odd, _modulus, m);
            else
                ShiftAndAddOddProduct(odd, _modulus, m);

            AddEvenProduct(even, odd, _modulus, m);
            (even, odd) = (odd, even);
        }

        var result = text.Registers(Words);
        AddChain(result, even, [.. odd[1..], "0"]);
        return result;
    }

    private void OddProduct(string[] odd, string[] a, string factor)
    {
        for (var j = 0; j < Words; j += 2)
        {
            text.Add("mul.lo.u32", odd[j], a[j + 1], factor);
            text.Add("mul.hi.u32", odd[j + 1], a[j + 1], factor);
        }
    }
}
