using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Mends inputs for which an equation of a property's <c>where</c> does not hold, where the equation is linear in one of them.</summary>
/// <remarks>
/// An equation's sides are only ever evaluated: from their difference d(x), and d at a neighbour of x, the zero of a linear d follows. A zero
/// outside the input's range or no zero after all is not used; the next to last variable is tried then, and so on.
/// </remarks>
internal sealed class EquationSolver
{
    /// <summary>Variables tried for one equation: behind so many that do not fit it is cheaper to draw again.</summary>
    private const int MostVariables = 8;

    private readonly CircuitProgram _program;
    private readonly RuleProperty _property;
    private readonly IReadOnlyList<CircuitInput> _inputs;
    private readonly List<(BinaryExpression Equation, List<bool> Decisions)> _equations = [];

    public EquationSolver(CircuitProgram program, RuleProperty property, IReadOnlyList<CircuitInput> inputs)
    {
        _program = program;
        _property = property;
        _inputs = inputs;
        foreach (var equation in property.Equations)
        {
            List<bool> decisions = [];
            new Elaborator(program, new CircuitBuilder(), "") { Decisions = decisions }.Difference(property.Declaration.Variables, equation);
            _equations.Add((equation, decisions));
        }
    }

    /// <summary>Changes at most one value for each equation, so that the equation holds, if it can be done.</summary>
    public void Solve(BigInteger[] values)
    {
        var solved = new HashSet<int>();
        foreach (var (equation, decisions) in _equations)
        {
            if (Difference(equation, decisions, values) is { IsZero: false } difference)
            {
                Solve(equation, decisions, values, difference, solved);
            }
        }
    }

    private void Solve(BinaryExpression equation, List<bool> decisions, BigInteger[] values, BigInteger difference, HashSet<int> solved)
    {
        var tried = 0;
        for (var i = values.Length - 1; i >= 0 && tried < MostVariables; i--)
        {
            if (solved.Contains(i))
            {
                continue;
            }

            var before = values[i];
            var step = before < _inputs[i].High ? BigInteger.One : BigInteger.MinusOne;
            values[i] = before + step;
            var slope = (Difference(equation, decisions, values) - difference) * step;
            if (slope is { IsZero: false } known)
            {
                tried++;
                values[i] = ZeroOf(_inputs[i], before, difference, known);
                if (values[i] >= _inputs[i].Low && values[i] <= _inputs[i].High && Difference(equation, decisions, values) is { IsZero: true })
                {
                    solved.Add(i);
                    return;
                }
            }

            values[i] = before;
        }
    }

    /// <summary>x − d/slope, in the field if x is an element of it.</summary>
    private static BigInteger ZeroOf(CircuitInput input, BigInteger x, BigInteger difference, BigInteger slope) => input.Kind == ValueKind.Field
        ? (Fr.FromInteger(x) - (Fr.FromInteger(difference) * Fr.FromInteger(slope).InvertNonZero())).ToInteger()
        : x - (difference / slope);

    private BigInteger? Difference(BinaryExpression equation, List<bool> decisions, BigInteger[] values)
    {
        var known = _inputs.Select((input, i) => (input.Name, Value: Fr.FromInteger(values[i]))).ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        try
        {
            return new Elaborator(_program, new CircuitBuilder(), "") { KnownInputs = known, Decisions = decisions }.Difference(_property.Declaration.Variables, equation);
        }
        catch (ElaborationException)
        {
            // The equation has no value for these inputs, so it is not mended; running the property reports it.
            return null;
        }
    }
}
