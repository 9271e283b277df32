using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Each rule at its bound and one beyond: executor, circuit's witness program and circuit's rows agree.</summary>
public class RuleTests
{
    public static TheoryData<string> Names => [.. RuleCases.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void At_the_bound_it_is_accepted(string name)
    {
        var item = RuleCases.ByName[name];
        var result = BatchExecutor.Execute(item.Accepted);
        Assert.Equal([], result.Verdicts.Select(verdict => verdict.Rejection?.ToString()).OfType<string>());
        Assert.Null(TinyBatch.Refusal(item.Circuit, result.Inputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_beyond_it_is_refused_for_the_same_reason(string name)
    {
        var item = RuleCases.ByName[name];
        if (item.Rule is { } rule)
        {
            Assert.Equal([rule], BatchExecutor.Execute(item.Refused).Verdicts.Select(verdict => verdict.Rejection?.Rule).OfType<string>());
        }

        Assert.StartsWith(item.Message, TinyBatch.Refusal(item.Circuit, item.RefusedInputs), StringComparison.Ordinal);
    }
}
