using System.Numerics;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Simplifies inputs that something fails for: every value goes as near to 0 as it can while it still fails.</summary>
/// <param name="inputs">What the values are.</param>
/// <param name="fails">Whether it fails; may mend the values that it is given.</param>
internal sealed class CounterExample(IReadOnlyList<CircuitInput> inputs, Predicate<BigInteger[]> fails)
{
    /// <summary>Simpler inputs tried before what has been found is taken.</summary>
    private const int MostTrials = 2_000;

    private int _trials;

    /// <summary>The simplest failing values found.</summary>
    public BigInteger[] Simplify(BigInteger[] values)
    {
        var best = values;
        while (_trials < MostTrials && Simpler(best) is { } simpler)
        {
            best = simpler;
        }

        return best;
    }

    private BigInteger[]? Simpler(BigInteger[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var candidate in TowardsZero(inputs[i], values[i]))
            {
                var changed = values.ToArray();
                changed[i] = candidate;
                if (++_trials <= MostTrials && fails(changed) && IsSimpler(changed, values))
                {
                    return changed;
                }
            }
        }

        return null;
    }

    /// <summary>The nearest value to 0 first, then whole numbers and halves of the way, at last the neighbour.</summary>
    private static IEnumerable<BigInteger> TowardsZero(CircuitInput input, BigInteger value)
    {
        var target = PropertyInputs.NearestToZero(input);
        var distance = value - target;
        if (distance.IsZero)
        {
            yield break;
        }

        yield return target;
        for (var digits = input.Scale; digits > 0; digits--)
        {
            var whole = value - BigInteger.Remainder(value, BigInteger.Pow(10, digits));
            if (whole != value && whole != target)
            {
                yield return BigInteger.Clamp(whole, input.Low, input.High);
            }
        }

        for (var part = distance / 2; !part.IsZero; part /= 2)
        {
            yield return value - part;
        }
    }

    /// <summary>Whether the values are nearer to 0 taken together, or, if not farther, the first that differ are. Cannot go on for ever.</summary>
    private bool IsSimpler(BigInteger[] values, BigInteger[] before)
    {
        var (first, sum) = (0, BigInteger.Zero);
        for (var i = 0; i < values.Length; i++)
        {
            var change = Distance(i, values[i]) - Distance(i, before[i]);
            sum += change;
            first = first == 0 ? change.Sign : first;
        }

        return sum.Sign < 0 || (sum.IsZero && first < 0);
    }

    private BigInteger Distance(int i, BigInteger value) => BigInteger.Abs(value - PropertyInputs.NearestToZero(inputs[i]));
}
