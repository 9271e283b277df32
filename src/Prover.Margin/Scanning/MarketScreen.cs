using System.Numerics;
using System.Runtime.Intrinsics;

namespace Prover.Margin;

/// <summary>What positions in a market add to their accounts' worth above maintenance, from below and in floating point.</summary>
/// <remarks>
/// <para>
/// All integers as in <see cref="Settlement"/> and <see cref="Standing"/>, in 10⁻⁶ USD with 32 fractional bits: a position of size s with
/// snapshot f, in a market of price P and funding F with rates b and β₁, β₂, β₃ (fractions, not millionths) above φ₁, φ₂, φ₃, adds
/// x = s·q − b·n − Σ βᵣ·max(n − φᵣ, 0), where q = f + D, D = P − F and n = |s|·P. An account of cash C is worth
/// X = 2³²·C − ρ + Σ x above its maintenance, where ρ, which settling rounds down by, is 0 ≤ ρ &lt; 2³², and 0 without positions. It is below
/// maintenance just if X &lt; 0.
/// </para>
/// <para>
/// Computed is L = (C − 1 − ε(|C| + 1))·2³² + Σ (x − ε·g), where g = |s|·(|q| + 2|D| + R·P) and R = b + Σ βᵣ. If what was computed for L is not
/// negative, neither is X. Proof, with u = 2⁻⁵³, each operation being off by at most u of its result, terms in u² left to the end:
/// </para>
/// <list type="bullet">
/// <item>Given are s and f to within u (of themselves), P and β to u, D and φ to 2u, these being cut off.</item>
/// <item>q is off by u|f| + 2u|D| + u|q|, and |f| ≤ |q| + |D|; so s·q by u|s|(4|q| + 3|D|), the size and the product giving 2u|s||q| of it.</item>
/// <item>Deducting ε|s·q| rounds by u|s||q|, as ε is so small that what is wrong with the deduction itself is a term in u².</item>
/// <item>The first rate's product b·P + ε(2|D| + R·P), sums of what is not negative, is off by 8u of itself, and |s| times it by 10u.</item>
/// <item>φ/P is off by 4u of itself; h = max(|s| − φ/P, 0) is off by 6u|s|, whether or not s reaches φ/P; with β·P, 3u off, and the
/// product: 10u·βn.</item>
/// <item>Deducting these, at most four of them, from s·q rounds by 4u(|s||q| + R·n).</item>
/// <item>So x is off by u|s|(9|q| + 3|D| + 14 R·P). It goes through at most 16 sums, 16 being the most positions of an account, which adds
/// 16u|s|(|q| + R·P): in all less than 30u·g.</item>
/// <item>The account's own term is off by 4u(|C| + 1)·2³², the sums make it 20u(|C| + 1)·2³².</item>
/// </list>
/// <para>
/// ε = 64u is more than twice all that, and what is left of it is far more than the terms in u². Nothing overflows, all being below 2¹³⁰ for
/// numbers within <see cref="Limits"/>, or gets too small to be normal: q is 0 or at least 1, rates are 0 or at least 10⁻⁶.
/// </para>
/// </remarks>
internal readonly struct MarketScreen
{
    /// <summary>64u.</summary>
    public const double Epsilon = 1.0 / (1L << 47);

    /// <summary>Positions that are computed at a time.</summary>
    public const int Lanes = 8;

    private const double HalfBits = 4294967296.0;

    private readonly double _priceLessFunding;
    private readonly double _need;
    private readonly (double From, double Need)[] _steps;

    public MarketScreen(Market market)
    {
        double price = market.Price;
        _priceLessFunding = (double)((BigInteger)market.Price - market.Funding);
        var first = Fraction(market.Base);
        var rates = market.Raises.Aggregate(first, (sum, raise) => sum + Fraction(raise.By));
        _need = (first * price) + (Epsilon * ((2 * Math.Abs(_priceLessFunding)) + (rates * price)));

        // Without a price there is no notional to need anything.
        _steps = [.. market.Raises.Select(raise => price > 0 ? ((double)raise.From / price, Fraction(raise.By) * price) : default)];
    }

    /// <summary>
    /// The account's own term of L; without positions its sign is exact. What scenarios ask for is no sum over positions, so that portfolio margin is always
    /// looked at exactly.
    /// </summary>
    public static double OfCash(Account account)
    {
        double cash = account.Cash;
        return account.Positions.IsEmpty ? cash : account.Portfolio ? double.NegativeInfinity : (cash - 1 - (Epsilon * (Math.Abs(cash) + 1))) * HalfBits;
    }

    /// <summary>Computes x − ε·g of each position, eight at a time.</summary>
    /// <param name="sizes">Their sizes, a multiple of eight.</param>
    /// <param name="snapshots">Their funding snapshots, as many.</param>
    /// <param name="bounds">The results, as many.</param>
    public void Bound(ReadOnlySpan<double> sizes, ReadOnlySpan<double> snapshots, Span<double> bounds)
    {
        var (first, second, third) = (_steps[0], _steps[1], _steps[2]);
        for (var i = 0; i < sizes.Length; i += Lanes)
        {
            var size = Vector512.Create(sizes[i..]);
            var value = (Vector512.Create(snapshots[i..]) + Vector512.Create(_priceLessFunding)) * size;
            var magnitude = Vector512.Abs(size);
            var bound = value - (Vector512.Abs(value) * Epsilon) - (magnitude * _need) - Step(magnitude, first) - Step(magnitude, second) - Step(magnitude, third);
            bound.CopyTo(bounds[i..]);
        }
    }

    private static Vector512<double> Step(Vector512<double> magnitude, (double From, double Need) step) =>
        Vector512.MaxNative(magnitude - Vector512.Create(step.From), Vector512<double>.Zero) * step.Need;

    private static double Fraction(Margins margins) => margins.Maintenance / (double)Limits.Million;
}
