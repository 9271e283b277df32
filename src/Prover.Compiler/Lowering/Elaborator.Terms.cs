using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private const int MostTermsShown = 3;
    private const int MostTerms = 1 << 16;
    private const int MostParts = 4;

    /// <summary>Sums within sums, and rounds of a fold, that are taken apart; each takes some frames of the stack.</summary>
    private const int DeepestTerm = 256;

    /// <summary>A term of a sum: its value with its sign, and where it comes from.</summary>
    private sealed record SumTerm(Scalar Value, string? Round, Expression Expression, Scope? Scope, string Text);

    /// <summary>Adds the terms that a sum is made of, looking behind names and calls; a value that is no sum is one term.</summary>
    private void CollectTerms(Definition sum, bool isNegative, string? round, List<SumTerm> terms, int depth)
    {
        var (expression, scope) = (sum.Value, sum.Scope);
        round = sum.Round ?? round;
        if (depth < DeepestTerm && terms.Count < MostTerms)
        {
            switch (expression)
            {
                case BinaryExpression { Operator: "+" or "-" } binary:
                    CollectTerms(new(binary.Left, scope), isNegative, round, terms, depth + 1);
                    CollectTerms(new(binary.Right, scope), isNegative != (binary.Operator == "-"), round, terms, depth + 1);
                    return;
                case UnaryExpression { Operator: "-" } negation:
                    CollectTerms(new(negation.Operand, scope), !isNegative, round, terms, depth + 1);
                    return;
                case OverRange { Operator: "sum" } over:
                    foreach (var step in Unroll(over.Range, scope))
                    {
                        CollectTerms(new(over.Body, step), isNegative, Inside(round, step), terms, depth + 1);
                    }

                    return;
                case CallExpression { Name: "sum", Arguments: [var list] } when Evaluate(list, scope) is ArrayValue array:
                    for (var i = 0; i < array.Elements.Length; i++)
                    {
                        terms.Add(new(Signed((Scalar)array.Elements[i], isNegative), round, expression, null, $"{TextOf(list)}[{i}]"));
                    }

                    return;
                case FoldExpression fold:
                    CollectTerms(LastRoundOf(fold, scope, round), isNegative, round, terms, depth + 1);
                    return;
            }

            if (Behind(expression, scope) is { } behind)
            {
                var before = terms.Count;
                CollectTerms(behind, isNegative, round, terms, depth + 1);
                if (terms.Count - before != 1)
                {
                    return;
                }

                // No sum, so the nearer name says more.
                terms.RemoveAt(before);
            }
        }

        terms.Add(new(Signed(EvaluateScalar(expression, scope), isNegative), round, expression, scope, TextOf(expression)));
    }

    /// <summary>What gives a fold its value: its body in the last round, where the accumulator is defined by the round before.</summary>
    private Definition LastRoundOf(FoldExpression fold, Scope? scope, string? round)
    {
        var last = new Definition(fold.Initial, scope, round);
        foreach (var step in Unroll(fold.Range, scope))
        {
            var accumulator = new Scope(fold.Accumulator, Evaluate(last.Value, last.Scope), step, fold.Span) { Definition = last };
            last = new(fold.Body, accumulator, Inside(round, step));
        }

        return last;
    }

    private static string Inside(string? round, Scope step) => $"{(round is null ? "" : round + ", ")}{step.Name} = {((Scalar)step.Value).Known}";

    private static Scalar Signed(Scalar value, bool isNegative) => isNegative ? Scalar.Number(-value.Known, value.Scale).WithUnit(value.Unit) : value;

    /// <summary>The terms of greatest magnitude, and the number and the sum of the others that are not zero.</summary>
    private (List<ComparedTerm> Largest, int OtherCount, Scalar? OtherTotal) Largest(List<SumTerm> terms)
    {
        var scale = terms.Max(term => term.Value.Scale);
        var ranked = terms.Where(term => !term.Value.Known.IsZero).OrderByDescending(term => BigInteger.Abs(Raw(term))).ToList();
        var shown = ranked.Count <= MostTermsShown + 1 ? ranked.Count : MostTermsShown;
        var others = ranked.Skip(shown).ToList();
        return (
            [.. ranked.Take(shown).Select(term => new ComparedTerm(Show(term.Value), term.Round, term.Text, PartsOf(term.Expression, term.Scope)))],
            others.Count,
            others.Count == 0 ? null : Scalar.Number(others.Aggregate(BigInteger.Zero, (total, term) => total + Raw(term)), scale).WithUnit(others[0].Value.Unit));

        BigInteger Raw(SumTerm term) => term.Value.Known * BigInteger.Pow(10, scale - term.Value.Scale);
    }
}
