namespace Prover.Backends.Gpu.Ptx;

/// <summary>Squares, in 100 wide multiplications where a product takes 128: the 28 products of different words are needed once, and doubled.</summary>
internal sealed partial class FieldCode
{
    /// <summary>a²/2²⁵⁶ for a &lt; p.</summary>
    public string[] Square(string[] a)
    {
        var square = FullSquare(a);
        var low = Reduce(square[..Words]);
        var result = text.Registers(Words);
        AddChain(result, low, square[Words..]);

        // a²/2²⁵⁶ < p²/2²⁵⁶ and what the reduction leaves of the low words is below p + 1, so the sum is below 2p.
        return ReduceOnce(result);
    }

    /// <summary>The sixteen words of a².</summary>
    /// <remarks>
    /// Word i times word j > i lands on words i + j and i + j + 1. Those with an odd i + j, in row i the words 2i + 1, 2i + 3, …, make up one chain of
    /// carries, those with an even one another; each row's chain begins two words above the one before and ends in the same word or two above it.
    /// </remarks>
    private string[] FullSquare(string[] a)
    {
        var odd = new string?[2 * Words];
        var even = new string?[2 * Words];
        for (var i = 0; i < Words - 1; i++)
        {
            AddRow(odd, a, i, i + 1);
            AddRow(even, a, i, i + 2);
        }

        var doubled = text.Registers(2 * Words - 1);
        var sum = text.Registers(2 * Words - 2);
        AddChain(sum, [.. odd[1..^1].Select(word => word ?? "0")], [.. even[1..^1].Select(word => word ?? "0")]);
        AddChain(doubled, [.. sum, "0"], [.. sum, "0"]);
        var square = text.Registers(2 * Words);
        for (var i = 0; i < Words; i++)
        {
            text.Add(i == 0 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", square[2 * i], a[i], a[i], i == 0 ? "0" : doubled[2 * i - 1]);
            text.Add(i == Words - 1 ? "madc.hi.u32" : "madc.hi.cc.u32", square[2 * i + 1], a[i], a[i], doubled[2 * i]);
        }

        return square;
    }

    /// <summary>Adds word i times every second word from number j on to a chain's words.</summary>
    private void AddRow(string?[] chain, string[] a, int i, int j)
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
                text.Add("mul.lo.u32", chain[word]!, a[i], a[j]);
                text.Add("mul.hi.u32", chain[word + 1]!, a[i], a[j]);
                continue;
            }

            text.Add(j == first ? "mad.lo.cc.u32" : "madc.lo.cc.u32", chain[word]!, a[i], a[j], low ?? "0");
            text.Add("madc.hi.cc.u32", chain[word + 1]!, a[i], a[j], high ?? "0");
            wasThere = high is not null;
        }

        // The upper half of a product and a carry fit a word that was not there before.
        if (wasThere)
        {
            chain[i + j] = text.Register();
            text.Add("addc.u32", chain[i + j]!, "0", "0");
        }
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
