using Prover.Margin;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>A lane without an amount changes nothing, whatever its other fields say.</summary>
public class InactiveLaneTests
{
    private static readonly string[] Amounts =
    [
        "tick.time", "deposits[0].amount", "keys[0].is_used", "cancels[0].is_used", "transfers[0].amount", "locks[0].lock.amount", "unlocks[0].is_used", "liquidations[0].base", "updates[0].market",
        "sweeps[0].amount", "take_overs[0].loss.base", "deleverages[0].loss.base", "closes[0].base", "trades[0].base", "withdrawals[0].amount", "exits[0].amount",
    ];

    private static readonly BatchShape[] Shapes = [TinyBatch.Shape, TinyBatch.Housekeeping, TinyBatch.Liquidating, TinyBatch.TakingOver, TinyBatch.Deleveraging, TinyBatch.Forced, TinyBatch.Locking, TinyBatch.Unlocking];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Unused_lanes_pass_the_state_through(int shape)
    {
        var circuit = TinyBatch.CircuitOf(Shapes[shape]);
        var inputs = TinyBatch.Inputs(Desk.Batch() with { Shape = Shapes[shape] });
        Assert.Null(TinyBatch.Refusal(circuit, inputs));
        inputs.Set("new_root", (Fr)1);
        Assert.Equal("another new root", TinyBatch.Refusal(circuit, inputs));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Garbage_in_unused_lanes_leaves_the_root(int shape) =>
        Gen.ULong[1, uint.MaxValue].Array[400].Sample(
            garbage =>
            {
                var circuit = TinyBatch.CircuitOf(Shapes[shape]);
                var batch = Desk.Batch() with { Shape = Shapes[shape] };
                var result = BatchExecutor.Execute(batch);
                var values = new Dictionary<string, Fr>(StringComparer.Ordinal);
                foreach (var (i, input) in circuit.Inputs.Index().Where(item => IsLane(item.Item) && !Amounts.Contains(item.Item.Name)))
                {
                    values[input.Name] = Fr.FromInteger(input.Low + (garbage[i] % (input.High - input.Low + 1)));
                    result.Inputs.Set(input.Name, values[input.Name]);
                }

                var publics = PublicInputs.Derive(GarbageWords(batch, values), result.Public.OldRoot, result.Public.OldRoot);
                result.Inputs.Set("digest", publics.Digest);
                result.Inputs.Set("challenge", publics.Challenge);
                result.Inputs.Set("evaluation", publics.Evaluation);
                Assert.Null(TinyBatch.Refusal(circuit, result.Inputs));
            },
            iter: 5,
            threads: 1);

    private static bool IsLane(CircuitInput input) => input.Name.StartsWith("tick.", StringComparison.Ordinal) || input.Name.Contains("s[0].", StringComparison.Ordinal)
        && !input.Name.StartsWith("config.", StringComparison.Ordinal) && !input.Name.StartsWith("state.", StringComparison.Ordinal);

    // Of unused lanes only a deposit's other words are published; the contract knows that it has no such deposit.
    private static DataWords GarbageWords(Batch batch, Dictionary<string, Fr> values)
    {
        var words = new DataWords(batch.Shape, batch.Number, batch.Time, StateHash.Configuration(batch.Configuration));
        if (batch.Shape.Deposits > 0)
        {
            var account = (long)values["deposits[0].at.index"].ToInteger();
            words.SetDeposit(0, new(account, new(values["deposits[0].key.x"], values["deposits[0].key.y"]), 0));
        }

        return words;
    }
}
