using System.Numerics;

namespace Prover.Compiler.Tests;

/// <summary>Random statements refuse what a second description of the language refuses, and for the same reason first.</summary>
public class RandomStatementTests
{
    private const string Names = "x, y, p, q, a, b, v, w";

    [Fact]
    public void Statements_do_what_they_say() => DoWhatTheySay(
        """
        rule r(PARAMETERS, OUTPUTS) {
        STATEMENTS
        RESULTS
        }

        """,
        fewestRows: null,
        iterations: 200);

    [Fact]
    public void Statements_of_placed_functions_do_what_they_say() => DoWhatTheySay(
        """
        fn check(FORMALS) {
        STATEMENTS
        RESULTS
        }
        rule r(PARAMETERS, OUTPUTS) {
          for i in 0..1 { check(NAMES, OUTS) }
          if a and not a { for i in 0..1 { check(NAMES, OUTS) } }
        }

        """,
        fewestRows: 0,
        iterations: 60);

    private static void DoWhatTheySay(string program, int? fewestRows, int iterations)
    {
        var (passed, failed, refused, unproved) = (0, 0, 0, 0);
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                var parameters = CompiledRule.Of($"rule r({RandomExpression.Parameters}) {{ }}").Inputs;
                var sample = parameters.ToDictionary(input => input.Name, input => RandomRuleTests.Pick(random, input.Low, input.High));
                var statements = new RandomStatements(random);
                var run = statements.Append(random.Next(2, 7), depth: 2, new(sample));
                var outputs = string.Join(", ", RandomExpression.Parameters.Split(", ").Select(parameter => parameter.Replace("private ", "private out_", StringComparison.Ordinal)));
                var text = program
                    .Replace("FORMALS", $"{RandomExpression.Parameters}, {outputs}".Replace("private ", "", StringComparison.Ordinal), StringComparison.Ordinal)
                    .Replace("PARAMETERS", RandomExpression.Parameters, StringComparison.Ordinal)
                    .Replace("OUTPUTS", outputs, StringComparison.Ordinal)
                    .Replace("NAMES", Names, StringComparison.Ordinal)
                    .Replace("OUTS", "out_" + Names.Replace(", ", ", out_", StringComparison.Ordinal), StringComparison.Ordinal)
                    .Replace("STATEMENTS", statements.Text, StringComparison.Ordinal)
                    .Replace("RESULTS", string.Join('\n', Names.Split(", ").Select(name => $"require {name} == out_{name}, \"{name}\"")), StringComparison.Ordinal);
                if (CompiledRule.Refusal(text) is { } code)
                {
                    Interlocked.Increment(ref refused);
                    if (code == UniquenessCheck.Code)
                    {
                        Interlocked.Increment(ref unproved);
                    }

                    return code is "R0203" or UniquenessCheck.Code;
                }

                var rule = CompiledRule.Of(text, fewestRows);
                for (var round = 0; round < 4; round++)
                {
                    var inputs = round == 0 ? sample : parameters.ToDictionary(input => input.Name, input => RandomRuleTests.Pick(random, input.Low, input.High));
                    var results = new Dictionary<string, BigInteger>(inputs);
                    string? expected = null;
                    try
                    {
                        run(results);
                        Interlocked.Increment(ref passed);
                    }
                    catch (RandomStatements.FailedException failure)
                    {
                        expected = failure.Message;
                        Interlocked.Increment(ref failed);
                    }

                    Expect(expected, results);
                    if (expected is null)
                    {
                        // Any other value of a name is refused.
                        var input = parameters[random.Next(parameters.Count)];
                        Expect(input.Name, new(results) { [input.Name] = results[input.Name] == input.High ? input.Low : results[input.Name] + 1 });
                    }

                    void Expect(string? failure, Dictionary<string, BigInteger> outputs)
                    {
                        BigInteger[] values = [.. parameters.Select(input => inputs[input.Name]), .. parameters.Select(input => outputs[input.Name])];
                        var actual = rule.Run(values);
                        Assert.True(failure == actual, $"{actual ?? "passes"}, not {failure ?? "passes"}, with {string.Join(", ", values)}:\n{text}");
                    }
                }

                return true;
            },
            iter: iterations);
        Assert.True(unproved <= RandomRuleTests.MostUnproved, $"{unproved} programs are refused because the audit cannot prove their rows");
        Assert.True(passed > iterations && failed > iterations / 2, $"{passed} runs pass, {failed} fail, {refused} programs are beyond the field");
    }
}
