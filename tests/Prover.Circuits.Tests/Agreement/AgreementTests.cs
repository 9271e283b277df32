using Prover.Compiler;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>Every rule of circuits/ on thousands of random inputs: exact interpreter, witness tape and constraints say the same.</summary>
public class AgreementTests
{
    /// <summary>So many honest inputs must be accepted, and be refused with wires changed one by one.</summary>
    private const int HonestCases = 2;

    /// <summary>Every rule that circuits.lock names, those of the batch at the sizes of a tiny one, with as many cases as a second or two allow.</summary>
    private static readonly TriedInstance[] Tried =
    [
        new("margin/cancel.circuit", "cancel<2, 2, 1>", 16, RuleStarts.Cancels),
        new("margin/deposit.circuit", "deposit<1, 1, 2>", 100),
        new("margin/deposit.circuit", "deposit<2, 2, 2>", 120, RuleStarts.Deposits),
        new("margin/prices.circuit", "median_test<5>", 500),
        new("margin/prices.circuit", "tick<2, 2>", 16, RuleStarts.Ticks),
        new("margin/keys.circuit", "key_change<2, 2, 2>", 16, RuleStarts.KeyChanges),
        new("margin/liquidate.circuit", "liquidation<2, 2, 2, 0, 1>", 16, RuleStarts.Liquidations),
        new("margin/lock.circuit", "hash_lock<2, 2, 2, 0, 1>", 16, RuleStarts.Locks),
        new("margin/lock.circuit", "unlock<2, 2, 1>", 12, RuleStarts.Unlocks),
        new("margin/listing.circuit", "market_update<2, 0>", 16, RuleStarts.Updates),
        new("margin/forced.circuit", "closed_for_test", 300),
        new("margin/forced.circuit", "forced_close<2, 2, 2, 0>", 16, RuleStarts.ForcedCloses),
        new("margin/forced.circuit", "forced_exit<2, 2, 2, 0>", 16, RuleStarts.ForcedExits),
        new("margin/positions.circuit", "resize_test<2>", 600),
        new("margin/positions.circuit", "resize_test<3>", 600),
        new("margin/prices.circuit", "band_test", 1000),
        new("margin/prices.circuit", "funding_test", 1000),
        new("margin/risk.circuit", "change<2, 2, 2>", 200),
        new("margin/risk.circuit", "change<2, 2, 5>", 100),
        new("margin/risk.circuit", "initial_margin", 200),
        new("margin/signers.circuit", "may_sign_test", 600),
        new("margin/takeover.circuit", "sweep<2, 2>", 120, RuleStarts.Sweeps),
        new("margin/takeover.circuit", "take_over<2, 2, 2, 0>", 16, RuleStarts.TakeOvers),
        new("margin/takeover.circuit", "deleverage<2, 2, 2, 0>", 16, RuleStarts.Deleveragings),
        new("margin/transfer.circuit", "transfer<2, 2, 2, 0>", 16, RuleStarts.Transfers),
        new("margin/trade.circuit", "trade<2, 2, 2, 2, 1>", 16, RuleStarts.Trades),
        new("margin/withdraw.circuit", "withdrawal<2, 2, 2, 2>", 16, RuleStarts.Withdrawals),
        new("rollup/batch.circuit", "batch<2, 2, 2, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0>", 10, RuleStarts.Batches),
        new("rollup/escape.circuit", "escape<2, 2, 2, 0>", 16, RuleStarts.Escapes),
        new("rollup/escape.circuit", "escape<2, 2, 2, 2>", 16, RuleStarts.PortfolioEscapes),
        new("rollup/escape.circuit", "payout_test<2, 2, 0>", 200),
        new("std/babyjubjub.circuit", "point_add_test", 1000, RuleStarts.Sums),
        new("std/eddsa.circuit", "eddsa_any_key_test", 20, RuleStarts.Signatures),
        new("std/eddsa.circuit", "eddsa_test", 30, RuleStarts.Signatures),
        new("std/merkle.circuit", "merkle_test<1>", 150),
        new("std/merkle.circuit", "merkle_test<10>", 50),
        new("std/montgomery.circuit", "montgomery_add_test", 500, RuleStarts.Sums),
        new("std/montgomery.circuit", "montgomery_double_add_test", 500, RuleStarts.DoubledSums),
        new("std/poseidon.circuit", "poseidon_test<2>", 200),
        new("std/poseidon.circuit", "poseidon_test<4>", 200),
        new("std/poseidon.circuit", "poseidon_test<5>", 200),
        new("std/poseidon.circuit", "poseidon_test<16>", 100),
        new("std/scalarmul.circuit", "multiply_base_test", 40),
        new("std/scalarmul.circuit", "multiply_shifted_test", 40),
        new("std/sha256.circuit", "sha256_test", 15),
    ];

    public static TheoryData<string> Rules => [.. Tried.Select(tried => tried.Rule)];

    /// <summary>A file may have examples only, of another file's rules.</summary>
    [Fact]
    public void No_rule_is_left_out() => Assert.Equal(
        CircuitLock.Load(Repository.PathOf("circuits", "circuits.lock")).Entries.Where(entry => HasRules(entry.File)).Select(entry => (entry.File, NameOf(entry.Rule))).Distinct().Order(),
        Tried.Select(tried => (tried.File, NameOf(tried.Rule))).Distinct().Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void Interpreter_tape_and_constraints_agree(string name)
    {
        var tried = Tried.Single(tried => tried.Rule == name);
        var rule = TriedRule.Compile(tried.File, tried.Rule);
        var (accepted, refused) = (0, 0);
        tried.Starts?.Accepted.Sample(honest => Assert.True(IsAccepted(rule.InOrder(honest), changeWires: true, "an honest start")), iter: HonestCases);
        Gen.Select(Gen.Int[0, int.MaxValue], tried.Starts?.Any ?? Gen.Const((Dictionary<string, Fr>?)null!)).Sample(
            (seed, honest) =>
            {
                var random = new Random(seed);
                var inputs = new NeighbouringInputs(rule.Rule.Circuit, random).Draw(rule.Start(random, honest));
                Interlocked.Increment(ref IsAccepted(inputs, changeWires: accepted == 0, $"seed {seed}") ? ref accepted : ref refused);
            },
            iter: tried.Cases);

        // Of few cases beside the file's own tests chance may accept none.
        Assert.True(refused > 0 && (accepted > 0 || tried.Cases < 100), $"{accepted} accepted, {refused} refused");

        bool IsAccepted(Fr[] inputs, bool changeWires, string origin)
        {
            var (failure, disagreement) = rule.Rule.Run(inputs, changeWires);
            Assert.True(disagreement is null, $"{disagreement}: {name}, {origin}, inputs {string.Join(", ", inputs)}");
            return failure is null;
        }
    }

    private static bool HasRules(string file) => File.ReadLines(Repository.PathOf("circuits", file)).Any(line => line.StartsWith("rule ", StringComparison.Ordinal));

    private static string NameOf(string rule) => rule.Split('<')[0];

    /// <param name="File">The file below circuits/.</param>
    /// <param name="Rule">The instance.</param>
    /// <param name="Cases">How many inputs.</param>
    /// <param name="Starts">Inputs that are meant, beside those of the file's tests.</param>
    private sealed record TriedInstance(string File, string Rule, int Cases, RuleStarts? Starts = null);
}
