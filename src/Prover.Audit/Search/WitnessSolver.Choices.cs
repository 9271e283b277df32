using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class WitnessSolver
{
    private static readonly BigInteger MostListed = 8;

    /// <summary>Reading a digit takes as long as looking at so many terms.</summary>
    private const int DigitCost = 20;

    /// <summary>What to try next: the digits of a number, the roots of a quadratic row, the values of a narrow range, any values.</summary>
    private IEnumerable<(int Wire, Fr Value)[]> Choices()
    {
        if (DigitChoices() is { } digits)
        {
            return digits;
        }

        for (var row = 0; row < _rows.Count; row++)
        {
            if (_unknown[0][row] == 1 && _unknown[1][row] == 1 && _unknown[2][row] <= 1 && RootsOf(row) is { } roots)
            {
                return roots.Values.Select(value => new[] { (roots.Wire, value) });
            }
        }

        var wire = ChooseWire();
        return ValuesOf(wire).Select(value => new[] { (wire, value) });
    }

    /// <summary>The least range first: a bit has two values. Inner wires are left for last, they usually follow from others.</summary>
    private int ChooseWire()
    {
        var (best, width) = (-1, BigInteger.Zero);
        for (var wire = 1; wire < _known.Length; wire++)
        {
            if (!_known[wire] && (best < 0 || (_ranges.Of(wire) is { } range && range.Width < width)))
            {
                best = wire;
                width = _ranges.Of(wire)?.Width ?? Fr.Modulus;
                if (width <= BigInteger.One)
                {
                    break;
                }
            }
        }

        return best;
    }

    private IEnumerable<Fr> ValuesOf(int wire)
    {
        if (_ranges.Of(wire) is { } range)
        {
            for (var value = range.Low; value <= range.High && value < range.Low + MostListed; value++)
            {
                yield return Fr.FromInteger(value);
            }

            if (range.Width >= MostListed)
            {
                yield return Fr.FromInteger(range.High);
            }

            yield break;
        }

        yield return Fr.Zero;
        yield return Fr.One;
        yield return 2;
        yield return Fr.FromUInt64((ulong)_random.NextInt64());
    }

    private IEnumerable<(int, Fr)[]>? DigitChoices()
    {
        _budget -= _rows.Count;
        for (var row = 0; row < _rows.Count; row++)
        {
            var (a, b, c) = (_unknown[0][row], _unknown[1][row], _unknown[2][row]);
            if (a + b + c > 1 && (a == 0 || b == 0) && Digits(EquationOf(row), null) is { } choices)
            {
                return choices;
            }
        }

        foreach (var (form, range) in _ranges.Forms.All)
        {
            if (Digits(Open(form), range) is { } choices)
            {
                return choices;
            }
        }

        return null;
    }

    /// <summary>Solutions of form = 0, or of form in a range, over unknowns that all have ranges; null if they have not.</summary>
    private IEnumerable<(int, Fr)[]>? Digits(LinearCombination form, IntegerRange? range)
    {
        _budget -= form.Count * DigitCost;
        if (form.Count < 2 || IsExhausted)
        {
            return null;
        }

        var wires = form.Variables.ToArray();
        Fr[] coefficients = range is null ? form.Coefficients.ToArray() : [.. form.Coefficients, -Fr.One];
        var ranges = new IntegerRange[coefficients.Length];
        for (var i = 0; i < wires.Length; i++)
        {
            if (_ranges.Of(wires[i]) is not { } known)
            {
                return null;
            }

            ranges[i] = known;
        }

        if (range is { } whole)
        {
            ranges[^1] = whole;
        }

        var solutions = DigitReader.Solve(coefficients, ranges, -form.Constant);
        return solutions.Count == 0 ? null : solutions.Select(digits => wires.Select((wire, i) => (wire, Fr.FromInteger(digits[i]))).ToArray());
    }

    /// <summary>The values that a row leaves its only unknown, which is in both factors; null if there are several unknowns.</summary>
    private (int Wire, Fr[] Values)? RootsOf(int row)
    {
        var (a, b, c) = (Open(0, row), Open(1, row), Open(2, row));
        var wire = a.Variables[0];
        if (b.Variables[0] != wire || (c.Count == 1 && c.Variables[0] != wire))
        {
            return null;
        }

        // (a·w + a₀)(b·w + b₀) = c·w + c₀.
        var square = a.Coefficients[0] * b.Coefficients[0];
        var linear = (a.Coefficients[0] * b.Constant) + (b.Coefficients[0] * a.Constant) - (c.Count == 1 ? c.Coefficients[0] : Fr.Zero);
        var constant = (a.Constant * b.Constant) - c.Constant;
        if (SquareRoot.Of(linear.Square() - (square * constant).Double().Double()) is not { } root)
        {
            return (wire, []);
        }

        var half = square.Double().Invert();
        return (wire, root.IsZero ? [-linear * half] : [(root - linear) * half, (-root - linear) * half]);
    }
}
