using Prover.Compiler;
using Prover.Margin;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>Escapes at each bound and one beyond: executor, the circuit's witness program and its rows agree.</summary>
public class EscapeTests
{
    private const string Market = "state.markets.market[0]";

    private static readonly Lazy<CompiledCircuit> Compiled = new(() => TinyBatch.Compile(Repository.PathOf("circuits"), "escape", RuleName));

    private static readonly Lazy<CompiledCircuit> WithScenarios =
        new(() => TinyBatch.Compile(Repository.PathOf("circuits"), "escape", EscapeExecutor.RuleName(TinyBatch.WithScenarios(TinyBatch.Shape))));

    private static readonly Dictionary<string, EscapeCase> Cases = new EscapeCase[]
    {
        new("signed by another", "bad signature", Plain, Desk.Escape(Desk.Alice, signedBy: (int)Desk.Bob)),
        new("signed over another nonce", "bad signature", Plain, Desk.Escape(Desk.Alice, nonce: 1)),
        new("to another recipient", "bad signature", Plain, Desk.Escape(Desk.Alice) with { Recipient = 1 }),
        new("of another account", "bad signature", Plain, Desk.Escape(Desk.Alice) with { Account = Desk.Bob }),
        new("of nobody's account", "bad signature", Plain, Desk.Escape(Desk.Carol)),
        new("with more cash than there can be", "collateral out of range", Receiving(Limits.Cash - 1), Receiving(Limits.Cash)),
        new("owing more than there can be", "account value out of range", AtPrice(1UL << 46), AtPrice((1UL << 46) + 1)),
        Forged("from another state", "another state", "root"),
        Forged("under another configuration", "another configuration", "configuration"),
        Forged("paid as another account", "another account", "account"),
        Forged("with cash that the state does not have", "account 1 is not in the state", "at.account.cash", "amount"),
        Forged("at a price that the state does not have", "another state", $"{Market}.price"),
        Forged("of one more", "another amount", "amount"),
        Forged("to whom nobody has named", "bad signature", "recipient"),
    }.ToDictionary(item => item.Name);

    private static readonly Lazy<RefusedInputs[]> Beyond = new(() =>
        [.. Cases.Values.Select(item => new RefusedInputs(item.Message, InputsBeyond(item, out _).InOrder(Circuit)))]);

    public static string RuleName => EscapeExecutor.RuleName(TinyBatch.Shape);

    /// <summary>The inputs of every escape that must be refused.</summary>
    internal static IEnumerable<RefusedInputs> Refused => Beyond.Value;

    public static CompiledCircuit Circuit => Compiled.Value;

    /// <summary>The circuit of states with as many scenarios as one has.</summary>
    public static CompiledCircuit CircuitOf(Markets markets) => markets[1].Shocks.IsEmpty ? Circuit : WithScenarios.Value;

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Batch Plain => Desk.Batch();

    [Theory]
    [MemberData(nameof(Names))]
    public void At_the_bound_it_is_accepted(string name)
    {
        var result = Execute(Cases[name].Accepted, Cases[name].Request);
        Assert.Null(result.Rejection);
        Assert.Null(TinyBatch.Refusal(Circuit, result.Inputs));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_beyond_it_is_refused_for_the_same_reason(string name)
    {
        var item = Cases[name];
        var inputs = InputsBeyond(item, out var rejection);
        Assert.Equal(item.IsForged ? null : item.Message, rejection?.Rule);
        Assert.StartsWith(item.Message, TinyBatch.Refusal(Circuit, inputs), StringComparison.Ordinal);
    }

    /// <summary>Alice is long 100 of market 2 at a price of 10, so she is worth 1,000 more than her cash.</summary>
    [Theory]
    [InlineData(5, 1_005)]
    [InlineData(-999, 1)]
    [InlineData(-1_000, 0)]
    [InlineData(-1_001, 0)]
    [InlineData(-5_000, 0)]
    public void Nobody_is_paid_what_he_owes(long cash, long amount)
    {
        var result = Execute(Plain.WithCash(Desk.Alice, cash).WithPosition(Desk.Alice, 2, 100), Desk.Escape(Desk.Alice));
        Assert.Equal(amount, result.Statement.Amount);
        Assert.Null(TinyBatch.Refusal(Circuit, result.Inputs));

        foreach (var other in new long[] { amount + 1, Math.Abs(cash + 1_000) + 1, 1_000 })
        {
            result.Inputs.SetInteger("amount", other);
            Assert.Equal(other == amount ? null : "another amount", TinyBatch.Refusal(Circuit, result.Inputs));
        }
    }

    /// <summary>An account with portfolio margin is paid what it is worth, whatever it needs; and its choice and the scenarios are those of the state.</summary>
    [Theory]
    [InlineData(5, 1_005)]
    [InlineData(-1_001, 0)]
    public void Nobody_needs_margin_to_leave(long cash, long amount)
    {
        var batch = Plain.WithCash(Desk.Alice, cash).WithPosition(Desk.Alice, 2, 100).WithScenarios([[1, 2], [-5L << 32, 3L << 32]], Desk.Alice);
        var result = Execute(batch, Desk.Escape(Desk.Alice));
        Assert.Equal(amount, result.Statement.Amount);
        Assert.Null(TinyBatch.Refusal(WithScenarios.Value, result.Inputs));

        AssertRefused("account 1 is not in the state", "at.account.portfolio", 0);
        AssertRefused("another state", $"{Market}.shocks[1]", 3);
        AssertRefused("another amount", "amount", amount + 1);

        void AssertRefused(string message, string input, long value)
        {
            var forged = Execute(batch, Desk.Escape(Desk.Alice)).Inputs;
            forged.SetInteger(input, value);
            Assert.StartsWith(message, TinyBatch.Refusal(WithScenarios.Value, forged), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Funding_is_settled_and_rounded_down()
    {
        var batch = Plain.WithPosition(Desk.Alice, 2, 3).WithMarket(2, market => market with { Funding = 1L << 31 });
        var result = Execute(batch, Desk.Escape(Desk.Alice));
        Assert.Equal(Desk.Million + 30 - 2, result.Statement.Amount);
        Assert.Null(TinyBatch.Refusal(Circuit, result.Inputs));
    }

    private static CircuitInputs InputsBeyond(EscapeCase item, out Rejection? rejection)
    {
        var result = Execute(item.Refused, item.Beyond);
        item.Forge(result.Inputs);
        rejection = result.Rejection;
        return result.Inputs;
    }

    private static EscapeResult Execute(Batch batch, EscapeRequest request) => EscapeExecutor.Execute(batch.OpenLedger(), batch.Configuration, request);

    // Short one, for which 1 of funding is received.
    private static Batch Receiving(long cash) =>
        Plain.WithCash(Desk.Alice, cash - 1).WithPosition(Desk.Alice, 1, -1).WithMarket(1, market => market with { Funding = 1L << 33 });

    private static Batch AtPrice(ulong price) => Plain.WithPrices(Desk.PriceTime, [price, 1]).WithCash(Desk.Alice, 0).WithPosition(Desk.Alice, 1, -(1L << 55));

    /// <summary>One is added to inputs of an honest escape.</summary>
    private static EscapeCase Forged(string name, string message, params string[] inputs) => new(name, message, Plain, Desk.Escape(Desk.Alice))
    {
        IsForged = true,
        Forge = circuit =>
        {
            var honest = Circuit.Inputs.Select(input => input.Name).Zip(circuit.InOrder(Circuit)).ToDictionary();
            foreach (var input in inputs)
            {
                circuit.Set(input, honest[input] + Fr.One);
            }
        },
    };

    private sealed record EscapeCase(string Name, string Message, Batch Accepted, EscapeRequest Request, Batch Refused, EscapeRequest Beyond)
    {
        public EscapeCase(string name, string message, Batch state, EscapeRequest beyond)
            : this(name, message, state, Desk.Escape(Desk.Alice), state, beyond)
        {
        }

        public EscapeCase(string name, string message, Batch accepted, Batch refused)
            : this(name, message, accepted, Desk.Escape(Desk.Alice), refused, Desk.Escape(Desk.Alice))
        {
        }

        public bool IsForged { get; init; }

        public Action<CircuitInputs> Forge { get; init; } = _ => { };
    }
}
