using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>
    /// Left minus right of an equation over a property's variables, for known inputs: 0 where it holds. Null if the sides are not single
    /// numbers or field elements, or if nothing is known, as when the decisions are collected for which a first evaluation is needed.
    /// </summary>
    public BigInteger? Difference(IReadOnlyList<Parameter> variables, BinaryExpression equation)
    {
        var scope = DeclareVariables(variables);
        if (Evaluate(equation.Left, scope) is not Scalar left || Evaluate(equation.Right, scope) is not Scalar right)
        {
            return null;
        }

        RefuseErrors();
        (left, right) = MeetInField(left, right, equation.Span);
        if (!left.IsKnown || !right.IsKnown || left.Kind != right.Kind || left.Kind == ScalarKind.Boolean)
        {
            return null;
        }

        var scale = Math.Max(left.Scale, right.Scale);
        return left.Kind == ScalarKind.Field
            ? (left.KnownField - right.KnownField).ToInteger()
            : Align(left, scale, equation.Left.Span).Known - Align(right, scale, equation.Right.Span).Known;
    }

    /// <summary>A property's inputs as the language writes them: "q = [0.5, -0.5], n = 3".</summary>
    /// <param name="variables">The property's variables.</param>
    /// <param name="texts">Each scalar by the name of its input.</param>
    public string Show(IReadOnlyList<Parameter> variables, IReadOnlyDictionary<string, string> texts) =>
        string.Join(", ", variables.Select(variable => $"{variable.Name} = {Show(ResolveType(variable.Type, null), variable.Name, texts)}"));

    private static string Show(ResolvedType type, string path, IReadOnlyDictionary<string, string> texts) => type switch
    {
        ArrayType array => $"[{string.Join(", ", Enumerable.Range(0, array.Length).Select(i => Show(array.Element, $"{path}[{i}]", texts)))}]",
        StructType structure => $"{structure} {{ {string.Join(", ", structure.Declaration.Fields.Zip(structure.Fields, (field, of) => $"{field.Name}: {Show(of, $"{path}.{field.Name}", texts)}"))} }}",
        _ => texts[path],
    };

    private Scope? DeclareVariables(IReadOnlyList<Parameter> variables)
    {
        Scope? scope = null;
        foreach (var variable in variables)
        {
            scope = new(variable.Name, DeclareInput(ResolveType(variable.Type, null), variable.Name, variable), scope, variable.Span);
        }

        return scope;
    }
}
