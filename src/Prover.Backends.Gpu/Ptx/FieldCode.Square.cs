namespace Prover.Backends.Gpu.Ptx;

/// <summary>Squares, in 100 wide multiplications where a product takes 128: the 28 products of different words are needed once, and doubled.</summary>
internal sealed partial class FieldCode
{
    /// <summary>a²/2²⁵⁶ for a &lt; p.</summary>
    public string[] Square(string[] a)
    {
        // a² < p² < p·2²⁵⁶.
        return ReduceWide(FullSquare(a));
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
            AddRow(odd, a, a[i], i, i + 1);
            AddRow(even, a, a[i], i, i + 2);
        }

        var doubled = text.Registers(2 * Words - 1);
        var sum = text.Registers(2 * Words - 2);
        AddChain(sum, OrZeros(odd[1..^1]), OrZeros(even[1..^1]));
        AddChain(doubled, [.. sum, "0"], [.. sum, "0"]);
        var square = text.Registers(2 * Words);
        for (var i = 0; i < Words; i++)
        {
            text.Add(i == 0 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", square[2 * i], a[i], a[i], i == 0 ? "0" : doubled[2 * i - 1]);
            text.Add(i == Words - 1 ? "madc.hi.u32" : "madc.hi.cc.u32", square[2 * i + 1], a[i], a[i], doubled[2 * i]);
        }

        return square;
    }
}
