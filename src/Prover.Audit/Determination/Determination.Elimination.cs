using Prover.Constraints;

namespace Prover.Audit;

internal sealed partial class Determination
{
    /// <summary>Equations with more unknowns, systems of more equations and results of more terms are left alone.</summary>
    private const int MostUnknowns = 32, MostEquations = 2000, MostTerms = 200_000;

    private int _eliminated = -1;

    /// <summary>Solves the equations that are left, by Gauss and Jordan; returns whether that determined anything.</summary>
    /// <remarks>
    /// Sums of multiples of determined combinations are determined. Each equation is reduced by those before it and they by it, so that a
    /// pivot is left in one equation only; one without other unknowns determines it.
    /// </remarks>
    private bool Eliminate()
    {
        var open = _equations.Where(equation => equation.IsExact && equation.Unknown is > 1 and <= MostUnknowns).Take(MostEquations).ToList();
        var fingerprint = open.Sum(equation => equation.Unknown);
        if (open.Count < 2 || fingerprint == _eliminated)
        {
            return false;
        }

        _eliminated = fingerprint;
        var byPivot = new Dictionary<int, LinearCombination>();
        var terms = 0;
        foreach (var equation in open)
        {
            var reduced = Reduce(OnlyUnknown(equation.Form), byPivot);
            if (reduced.IsConstant)
            {
                continue;
            }

            reduced = Forms.Monic(reduced);
            var pivot = reduced.Variables[0];
            foreach (var (other, known) in byPivot.ToArray())
            {
                byPivot[other] = known.AddScaled(reduced, -CoefficientOf(known, pivot));
            }

            byPivot.Add(pivot, reduced);
            terms += reduced.Count;
            if (terms > MostTerms)
            {
                break;
            }
        }

        var solved = byPivot.Where(entry => entry.Value.Count == 1).Select(entry => entry.Key).ToList();
        DetermineAll(solved, Rule.Elimination);
        return solved.Count > 0;
    }

    private LinearCombination OnlyUnknown(LinearCombination form)
    {
        int[] wires = [.. form.Variables.ToArray().Where(wire => !IsKnown(wire))];
        return LinearCombination.FromSorted(wires, [.. wires.Select(wire => CoefficientOf(form, wire))], Fr.Zero);
    }

    private static LinearCombination Reduce(LinearCombination form, Dictionary<int, LinearCombination> byPivot)
    {
        foreach (var wire in form.Variables.ToArray())
        {
            if (byPivot.TryGetValue(wire, out var known))
            {
                form = form.AddScaled(known, -CoefficientOf(form, wire));
            }
        }

        return form;
    }
}
