using Vector = Iced.Intel.AssemblerRegisterZMM;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Sums of many products with one reduction.</summary>
/// <remarks>
/// The low and the high halves of a column's products are summed apart: 18 registers, but no more than five additions of a product wait for
/// each other.
/// </remarks>
internal sealed partial class InstructionStream
{
    private const int HalfColumns = 2 * Limbs - 1;

    /// <summary>Takes the registers of a sum: low halves of columns 0 … 8, then high halves of columns 1 … 9.</summary>
    public Vector[] TakeSum()
    {
        var sum = new Vector[2 * HalfColumns];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = Take();
        }

        return sum;
    }

    /// <summary>sum ← 0.</summary>
    public void Clear(Vector[] sum)
    {
        foreach (var vector in sum)
        {
            Do(c => c.vpxorq(vector, vector, vector));
        }
    }

    /// <summary>sum ← sum + a·b, for normalised factors: 50 multiplications. Gives the factors' registers back.</summary>
    public void AddProduct(Vector[] sum, Vector[] a, Vector[] b)
    {
        for (var i = 0; i < Limbs; i++)
        {
            for (var j = 0; j < Limbs; j++)
            {
                var (column, x, y) = (sum[i + j], a[i], b[j]);
                Do(c => c.vpmadd52luq(column, x, y));
            }

            for (var j = 0; j < Limbs; j++)
            {
                var (column, x, y) = (sum[HalfColumns + i + j], a[i], b[j]);
                Do(c => c.vpmadd52huq(column, x, y));
            }
        }

        Release(a);
        Release(b);
    }

    /// <summary>sum/2²⁶⁰ mod p, limbs not normalised, for at most 128 products: not above sum/2²⁶⁰ + p. Gives the sum's registers back.</summary>
    /// <remarks>
    /// Column k has at most five low and five high halves of a product, nine of them together, so the 128 products leave less than
    /// 128·9·2⁵² in it, and the reduction adds less than 2⁵⁷: below 2⁶³, which signed shifts take.
    /// </remarks>
    public Vector[] ReduceSum(Vector[] sum)
    {
        var columns = new Columns(this);
        columns.Begin(0, sum[0]);
        columns.Begin(HalfColumns, sum[^1]);
        for (var i = 1; i < HalfColumns; i++)
        {
            var (low, high) = (sum[i], sum[HalfColumns + i - 1]);
            Do(c => c.vpaddq(low, low, high));
            Release(high);
            columns.Begin(i, low);
        }

        for (var i = 0; i < Limbs; i++)
        {
            columns.Reduce(i);
        }

        return columns.High();
    }
}
