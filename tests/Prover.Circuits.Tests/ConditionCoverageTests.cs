using Prover.Margin;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>
/// What requirements are put together from is needed, part by part: with a part taken out the circuit accepts a batch that it must refuse, or refuses one that it must accept.
/// </summary>
public sealed class ConditionCoverageTests : IDisposable
{
    private static readonly ILookup<BatchShape, RuleCase> Cases = RuleCases.ByName.Values.ToLookup(item => item.Accepted.Shape);

    private readonly string _folder = Directory.CreateTempSubdirectory("circuits").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("risk", "has_initial_margin(after) or (", "(", "trades")]
    [InlineData("risk", "(shrinks(old_size, new_size) and needs_no_more", "(needs_no_more", "trades")]
    [InlineData("risk", "and needs_no_more and", "and", "hedged trades")]
    [InlineData("risk", "needs_no_more and is_no_worse(before, after))", "needs_no_more)", "trades")]
    [InlineData("risk", "abs(after) < abs(before) and", "", "trades")]
    [InlineData("risk", "< abs(before) and (after == 0 or (after < 0) == (before < 0))", "< abs(before)", "trades")]
    [InlineData("risk", "or not o.account.isolated or", "or", "trades")]
    [InlineData("risk", "or o.account.portfolio or", "or", "hedged trades")]
    [InlineData("risk", "or not o.market.portfolio_only }", "}", "hedged trades")]
    [InlineData("risk", "and may_add(o, size) and", "and", "deleveragings")]
    [InlineData("risk", "may_add(o, size) and suits(o, size)", "may_add(o, size)", "hedged deleveragings")]
    [InlineData("risk", "max(worst, div(close_out, 10^6, to 0, ceil))", "worst", "hedged trades")]
    [InlineData("prices", "is_listed(m) and m.price != 0", "is_listed(m)", "trades")]
    [InlineData("prices", "is_listed(m) and m.price != 0", "m.price != 0", "trades")]
    [InlineData("prices", "band.part * old.price + old.leeway * 10^6", "band.part * old.price", "hedged trades")]
    [InlineData("takeover", "not (can_hold and can_take)", "not can_take", "deleveragings")]
    [InlineData("takeover", "not (can_hold and has_margin_for_one", "not (has_margin_for_one", "deleveragings")]
    [InlineData("takeover", "m.after.value + 2^32 > m.before.value and", "", "hedged deleveragings")]
    [InlineData("takeover", "m.before.value and m.after.value * 10^6 >= m.after.need.maintenance", "m.before.value", "hedged deleveragings")]
    [InlineData("takeover", "m.after.value + 2^32 >", "m.after.value >=", "hedged deleveragings")]
    [InlineData("prices", "max(shocks[k], -price)", "shocks[k]", "hedged trades")]
    [InlineData("keys", "not c.isolated and (SCENARIOS", "(SCENARIOS", "housekeeping")]
    [InlineData("takeover", "min(after.need.maintenance, before.need.maintenance)", "after.need.maintenance", "hedged take-overs")]
    [InlineData("signers", "(s.key == a.owner and s.until == 0)", "s.key == a.owner", "trades")]
    [InlineData("signers", "session_of(s) == a.session and now <= s.until", "session_of(s) == a.session", "trades")]
    public void Every_part_is_needed(string file, string part, string without, string lanes)
    {
        TinyBatch.CopyEdited(_folder, Path.Combine("margin", file + ".circuit"), text =>
        {
            Assert.True(text.Split(part).Length == 2, $"{file} has '{part}' once");
            return text.Replace(part, without, StringComparison.Ordinal);
        });
        var shape = ShapeOf(lanes);
        var circuit = TinyBatch.CompileUnaudited(_folder, "batch", shape.RuleName);
        Assert.Contains(Cases[shape], item => Accepts(circuit, item.RefusedInputs) || !Accepts(circuit, TinyBatch.Inputs(item.Accepted)));
    }

    private static BatchShape ShapeOf(string lanes) => lanes.Split(' ') switch
    {
        ["hedged", var others] => TinyBatch.WithScenarios(ShapeOf(others)),
        ["deleveragings"] => TinyBatch.Deleveraging,
        ["housekeeping"] => TinyBatch.Housekeeping,
        ["take-overs"] => TinyBatch.TakingOver,
        _ => TinyBatch.Shape,
    };

    private static bool Accepts(CompiledCircuit circuit, CircuitInputs inputs) => circuit.Tape.Solve(inputs.InOrder(circuit)).Failure is null;
}
