using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class Determination
{
    private void Visit(int row)
    {
        var (a, b, c) = (UnknownIn(row, 0), UnknownIn(row, 1), UnknownIn(row, 2));
        if (a + b + c == 0 || _isEquation[row])
        {
            return;
        }

        if (_rows.KindOf(row) == RowKind.Linear)
        {
            Become(row, _rows.Equation(row), Rule.Linear);
        }
        else if (a == 0 && b == 0)
        {
            VisitProduct(row, c);
        }
        else if (a == 0)
        {
            VisitDetermined(row, 0, b, c);
        }
        else if (b == 0)
        {
            VisitDetermined(row, 1, a, c);
        }
        else if (_rows.KindOf(row) == RowKind.ZeroProduct && _isFirstVisit[row])
        {
            // The factor that cannot be zero leaves the other one to be.
            VisitZeroProduct(row, _rows.A(row), _rows.B(row));
        }

        _isFirstVisit[row] = false;
    }

    /// <summary>C equals a product of determined values.</summary>
    private void VisitProduct(int row, int unknownInC)
    {
        if (unknownInC > 1)
        {
            Become(row, _rows.C(row), Rule.Linear);
            return;
        }

        _isEquation[row] = true;
        Determine(UnknownOf(_rows.System.C.WiresOf(row)), Rule.Linear);
    }

    private void VisitZeroProduct(int row, LinearCombination a, LinearCombination b)
    {
        if (_nonZero.Contains(a))
        {
            Become(row, b, Rule.Linear);
        }
        else if (_nonZero.Contains(b))
        {
            Become(row, a, Rule.Linear);
        }
    }

    private void Become(int row, LinearCombination form, Rule rule)
    {
        _isEquation[row] = true;
        Add(form, BigInteger.Zero, rule);
    }

    /// <summary>A row D·F = C whose factor D is determined.</summary>
    /// <param name="row">The row.</param>
    /// <param name="determined">The part that D is, 0 or 1.</param>
    /// <param name="unknownInF">Number of unknown wires in F, at least one.</param>
    /// <param name="unknownInC">Number of unknown wires in C.</param>
    private void VisitDetermined(int row, int determined, int unknownInF, int unknownInC)
    {
        if (unknownInC > 1 || (unknownInF > 1 && unknownInC > 0))
        {
            return;
        }

        var wire = UnknownOf(_rows[1 - determined].WiresOf(row));
        var other = unknownInC == 1 ? UnknownOf(_rows.System.C.WiresOf(row)) : wire;
        if (other != wire && !_ranges.IsRanged(wire))
        {
            return;
        }

        var (d, f) = (_rows.Part(row, determined), _rows.Part(row, 1 - determined));
        if (unknownInF == 1)
        {
            if (other == wire)
            {
                SolveRow(row, wire, d, f);
            }
            else
            {
                Divide(row, d, f, wire, other);
            }
        }

        if (unknownInC == 0 && !_isEquation[row])
        {
            SolveFactor(row, d, f);
        }

        if (unknownInF > 1 && !_isEquation[row] && _rows.KindOf(row) == RowKind.ZeroProduct)
        {
            ReadOneHot(f.Variables.ToArray().Where(wire => !IsKnown(wire)), d);
        }
    }

    /// <summary>D·(φ·w + …) = γ·w + … with w the only unknown: determined if φ·D − γ cannot be zero.</summary>
    /// <remarks>(φ·D − γ)·w is determined and so is φ·D − γ; where the latter is not zero, w is their quotient in both assignments.</remarks>
    private void SolveRow(int row, int wire, LinearCombination d, LinearCombination f)
    {
        var c = _rows.C(row);
        var coefficient = d.Scale(CoefficientOf(f, wire)).AddConstant(-CoefficientOf(c, wire));
        if (_nonZero.Contains(coefficient))
        {
            Determine(wire, Rule.Linear);
        }
    }

    /// <summary>D·F = C with D and C determined: F is determined if D cannot be zero, or if another row makes F zero where D is.</summary>
    private void SolveFactor(int row, LinearCombination d, LinearCombination f)
    {
        if (_nonZero.Contains(d))
        {
            Become(row, f, Rule.Linear);
        }
        else if (_rows.KindOf(row) == RowKind.ZeroProduct ? ZeroIndicators.Find(_rows, d, f) is not null : IsInverseOrZero(d, f, _rows.C(row)))
        {
            Become(row, f, _rows.KindOf(row) == RowKind.ZeroProduct ? Rule.IsZero : Rule.InverseOrZero);
        }
    }

    /// <summary>D·I = C beside I·Z = 0 with Z = k·C + e, e ≠ 0: I is C/D if D ≠ 0, and 0 otherwise.</summary>
    /// <remarks>If D = 0, the first row makes C zero, so Z = e ≠ 0 and the second makes I zero, in both assignments.</remarks>
    private bool IsInverseOrZero(LinearCombination d, LinearCombination i, LinearCombination c)
    {
        foreach (var place in _rows.PlacesOf(UnknownOf(i.Variables)))
        {
            var row = place / 3;
            if (place % 3 == 2 || _rows.KindOf(row) != RowKind.ZeroProduct)
            {
                continue;
            }

            var (same, other) = place % 3 == 0 ? (_rows.A(row), _rows.B(row)) : (_rows.B(row), _rows.A(row));
            if (Forms.IsMultiple(same, i) && Forms.IsShiftedMultiple(c, other))
            {
                return true;
            }
        }

        return false;
    }

    private static Fr CoefficientOf(LinearCombination form, int wire)
    {
        var at = form.Variables.BinarySearch(wire);
        return at < 0 ? Fr.Zero : form.Coefficients[at];
    }
}
