namespace Prover.Margin.Tests;

/// <summary>As <see cref="RemedyTests"/>, of cancels, transfers, liquidations and take-overs.</summary>
/// <remarks>
/// Who is liquidated is long 10 at 100 and in debt: 25 are its maintenance margin (2.5 %), 12.5 its close-out margin. Half of it is sold to Bob at 500.
/// </remarks>
public class MessageRemedyTests
{
    private static readonly Dictionary<string, RemedyCase> Cases = new()
    {
        ["order overfilled"] = new(
            "the order is cancelled; its owner must sign a new one", null, [Cancel(3), Counter.Trade(1, 100, id: 3)], [Cancel(3), Counter.Trade(1, 100, id: 7)]),
        ["order superseded"] = new("there is nothing to cancel: a newer order has used the slot", "4", [Cancel(3)], [Cancel(7)], Ordered),
        ["not the account's key"] = new(
            "the owner of account 1 must sign it, or name the session key in a change of keys", null,
            [Cancel(3) with { Session = new(Counter.Exchange.OwnerOf(Counter.Bob).PublicKey, Counter.Now) }], [Cancel(3)]),
        ["not the same owner"] = new("transfer between accounts of one owner only", null, [Transfer(Counter.Bob, 5)], [Transfer(Counter.Carol, 5)], Shared),
        ["initial margin"] = new(
            "deposit at least 0.000005 USD to account 1, or transfer at most 1.00 USD", "0.000005 USD",
            [Transfer(Counter.Carol, 1_000_005)], [Transfer(Counter.Carol, 1_000_000)], Shared),

        // Worth 25 with a debt of 975.
        ["not below maintenance margin"] = new(
            "leave account 1 alone: it has its maintenance margin", "0.000001 USD", [Liquidate(5, 500)], [Counter.Deposit(Counter.Bob, 1)], Indebted(975)),
        ["price better than the oracle's"] = new(
            "trade for at most 0.0005 USD, which is the oracle's price", "0.000001 USD", [Liquidate(5, 501)], [Liquidate(5, 500)], Indebted(976)),

        // Worth 12, which is a half too little.
        ["below close-out margin"] = new(
            "let the insurance fund take it over, or deposit at least 0.000001 USD to account 1", "0.000001 USD",
            [Liquidate(5, 500)], [Liquidate(5, 500), Counter.Deposit(Counter.Alice, 1)], Indebted(988)),
        ["no reduction"] = new(
            "take no more of account 1 than its position, and against its side", null, [Liquidate(11, 1_100)], [Liquidate(10, 1_000)], Indebted(980)),

        // A close-out margin, 6.25, off the oracle's price or on it.
        ["discount too great"] = new(
            "leave account 1 at least 0.000494 USD, the fee taken off", "0.000001 USD", [Liquidate(5, 495, fee: 2)], [Liquidate(5, 495, fee: 1)], Indebted(980)),
        ["discount too great, for a short position"] = new(
            "let account 1 pay at most 0.000506 USD, the fee included", "0.000001 USD", [BuyBack(505, fee: 2)], [BuyBack(505, fee: 1)], Shorted),

        // Worth 150 of 500; of 375 it must be 112.5 at least.
        ["worth falls against margin"] = new(
            "take a lower fee from account 1, or trade nearer to the oracle's price", null, [Liquidate(50, 5_000, fee: 38)], [Liquidate(50, 5_000, fee: 37)], InTwoMarkets),

        // Worth 13 and 12 of 12.5.
        ["not below close-out margin"] = new(
            "leave account 1 to liquidation: it has its close-out margin", "0.000001 USD", [TakeOver(10, 987)], [Counter.Deposit(Counter.Bob, 1)], Funded(987)),
        ["below the zero quote"] = new("pay account 1 0.000988 USD, the zero quote", "0.000001 USD", [TakeOver(10, 987)], [TakeOver(10, 988)], Funded(988)),
        ["above the zero quote"] = new("pay account 1 0.000988 USD, the zero quote", "0.000001 USD", [TakeOver(10, 989)], [TakeOver(10, 988)], Funded(988)),
        ["the insurance fund can take it"] = new("let the insurance fund take it over", null, [Deleverage(988)], [TakeOver(10, 988)], Funded(988)),

        // A unit costs the fund 101 or less, and takes 5 of margin.
        ["the insurance fund can take a part of it"] = new(
            "let the insurance fund take over as much as it can, and deleverage the rest", null, [Deleverage(1_001)], [TakeOver(1, 101)], Insured(7)),
        ["fees not swept"] = new(
            "sweep what the house has into the insurance fund first", "0.000001 USD",
            [Deleverage(1_001)], [new Sweep(1 << 20), TakeOver(10, 1_001)], state => Insured(0)(state) with { House = InsuranceFund.Dust }),

        // Bob is worth 999,000, of which he needs 25.
        ["rank below the committed one"] = new(
            "deleverage an account of a higher rank, or commit to 25", "1", [Deleverage(1_001)], [TakeOver(10, 1_001), Counter.Deposit(InsuranceFund.Account, 100)], Opposed),
        ["the house has less"] = new("sweep at most 0.000005 USD", "0.000001 USD", [new Sweep(6)], [new Sweep(5)]),
    };

    public static TheoryData<string> Rules => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Helps(string name) => Cases[name].AssertHelps(name);

    private static Cancel Cancel(uint id) => Counter.Exchange.OwnerOf(Counter.Alice).SignCancel(Counter.Exchange.Configuration, new(Counter.Alice, id, default));

    private static Transfer Transfer(long receiver, long amount) =>
        Counter.Exchange.OwnerOf(Counter.Alice).SignTransfer(Counter.Exchange.Configuration, 0, new(Counter.Alice, receiver, amount, default));

    private static Liquidation Liquidate(long size, long quote, long fee = 0)
    {
        var unsigned = Counter.Trade(size, quote).Seller with { Quote = Limits.Quote };
        return new(1, size, quote, Sells: true, Counter.Alice, fee, Counter.Exchange.Sign(1, sells: false, unsigned));
    }

    private static Liquidation BuyBack(long quote, long fee)
    {
        var unsigned = Counter.Trade(5, quote).Seller;
        return new(1, 5, quote, Sells: false, Counter.Alice, fee, Counter.Exchange.Sign(1, sells: true, unsigned));
    }

    private static TakeOver TakeOver(long size, long paid) => new(new(1, size, paid, Counter.Alice));

    private static Deleverage Deleverage(long paid) => new(new(1, 10, paid, Counter.Alice), Counter.Bob);

    private static Func<InitialState, InitialState> Funded(long debt) => state =>
    {
        var indebted = Indebted(debt)(state);
        return indebted with { Accounts = indebted.Accounts.Add(InsuranceFund.Account, Account.Empty with { Cash = 100 }) };
    };

    private static Func<InitialState, InitialState> Insured(long cash) => state =>
    {
        var opposed = Opposed(state);
        return opposed with { Accounts = opposed.Accounts.Add(InsuranceFund.Account, Account.Empty with { Cash = cash }) };
    };

    private static InitialState Opposed(InitialState state)
    {
        var indebted = Indebted(1_001)(state);
        var bob = indebted.Accounts[Counter.Bob];
        return indebted with { Accounts = indebted.Accounts.SetItem(Counter.Bob, bob with { Positions = bob.Positions.Add(1, new(-10, 0)) }) };
    }

    /// <summary>Alice has used order 7 in the slot of order 3.</summary>
    private static InitialState Ordered(InitialState state) => With(state, account => account with { Orders = account.Orders.Add(3, new(7, 1)) });

    /// <summary>Carol's account is Alice's, too.</summary>
    private static InitialState Shared(InitialState state) =>
        state with { Accounts = state.Accounts.Add(Counter.Carol, state.Accounts[Counter.Alice]) };

    private static Func<InitialState, InitialState> Indebted(long debt) => state =>
        With(state, account => account with { Cash = -debt, Positions = account.Positions.Add(1, new(10, 0)) }) with
        {
            Markets = state.Markets.With(1, state.Markets[1] with { OpenInterest = 10 }),
        };

    /// <summary>Short 10 at 100 and worth 20.</summary>
    private static InitialState Shorted(InitialState state) => With(Indebted(0)(state), account => account with { Cash = 1_020, Positions = account.Positions.SetItem(1, new(-10, 0)) });

    /// <summary>Long 100 at 100 and 1,000 at 10, where little is needed not to be closed out.</summary>
    private static InitialState InTwoMarkets(InitialState state) =>
        With(state, account => account with { Cash = 150 - 20_000, Positions = account.Positions.Add(1, new(100, 0)).Add(2, new(1_000, 0)) }) with
        {
            Markets = state.Markets.With(1, state.Markets[1] with { OpenInterest = 100 })
                .With(2, state.Markets[2] with { OpenInterest = 1_000, Base = state.Markets[2].Base with { CloseOut = 1_000 } }),
        };

    private static InitialState With(InitialState state, Func<Account, Account> change) =>
        state with { Accounts = state.Accounts.SetItem(Counter.Alice, change(state.Accounts[Counter.Alice])) };
}
