using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Margin.Tests;

/// <summary>As <see cref="RemedyTests"/>, of ranges of numbers, of locks, and of what an oracle reports.</summary>
public class RangeRemedyTests
{
    private static readonly byte[] Secret = SHA256.HashData("a secret"u8);
    private static readonly byte[] Wrong = SHA256.HashData("another secret"u8);

    private static readonly Dictionary<string, RemedyCase> Cases = new()
    {
        ["collateral out of range, deposit"] = new(
            "withdraw at least 0.000002 USD from account 1 first, or deposit at most 0.000005 USD", "0.000002 USD",
            [Counter.Deposit(Counter.Alice, 7)], [Counter.Deposit(Counter.Alice, 5)], Cash(Counter.Alice, Limits.Cash - 5)),
        ["collateral out of range, deposit to a full account"] = new(
            "withdraw at least 0.000007 USD from account 1 first", "0.000007 USD",
            [Counter.Deposit(Counter.Alice, 7)], [Counter.Deposit(Counter.Bob, 7)], Cash(Counter.Alice, Limits.Cash)),
        ["collateral out of range, transfer"] = new(
            "withdraw at least 0.000002 USD from account 9 first, or transfer at most 0.000005 USD", "0.000002 USD",
            [Transfer(7)], [Transfer(5)], Shared(Limits.TradedCash - 5)),
        ["collateral out of range, debt"] = new(
            "deposit at least 0.000002 USD to account 1, or withdraw at most 0.000003 USD", "0.000002 USD",
            [Counter.Withdraw(Counter.Alice, 5)], [Counter.Withdraw(Counter.Alice, 3)], InDebt(3 - Limits.TradedCash)),
        ["collateral out of range, trade"] = new(
            "deposit at least 0.000097 USD to account 1", "0.000097 USD",
            [Counter.Trade(1, 100)], [Counter.Deposit(Counter.Alice, 97), Counter.Trade(1, 100)], InDebt(3 - Limits.TradedCash)),

        // 2⁶² of cash and 1 of funding that comes in: withdrawing does not change what is settled first.
        ["collateral out of range, funding"] = new(
            null, "0.000001 USD", [Counter.Withdraw(Counter.Alice, 5)], [Counter.Withdraw(Counter.Bob, 5)], Credited),
        ["position too large"] = new(
            "let account 1 hold no more than 72,057,594,037,927,935 units", "1 units", [Counter.Trade(6, 600)], [Counter.Trade(5, 500)], Large),
        ["fees out of range"] = new(
            "sweep what the house has into the insurance fund first", "0.000001 USD",
            [Counter.Trade(20, 2_000, buyerFee: 10)], [new Sweep(10), Counter.Trade(20, 2_000, buyerFee: 10)],
            state => state with { House = Limits.Notional - ((BigInteger)10 << 32) }),
        ["nonce exhausted"] = new(
            "use a forced exit, which takes no nonce, to get the money out of account 1", "1",
            [Counter.Withdraw(Counter.Alice, 5, uint.MaxValue)], [Counter.Withdraw(Counter.Bob, 5)],
            state => With(state, Counter.Alice, account => account with { Nonce = uint.MaxValue }))
        {
            Detail = "account 1 has used all 4294967295",
        },
        ["same account on both sides"] = new("name another account as the receiver", null, [Transfer(5, Counter.Alice)], [Transfer(5)], Shared(0)),
        ["same account on both sides, take-over"] = new(
            "leave the insurance fund's own positions to liquidation", null,
            [new TakeOver(new(1, 1, 1, InsuranceFund.Account))], [Counter.Deposit(InsuranceFund.Account, 1)]),

        ["another secret"] = new("show the 32 bytes whose SHA-256 is the lock's hash", null, [Claim(Wrong)], [Claim(Secret)], Locked)
        {
            Detail = $"its SHA-256 is {Convert.ToHexStringLower(SHA256.HashData(Wrong))}, that of lock 3 of account 1 is {Convert.ToHexStringLower(SHA256.HashData(Secret))}",
        },
        ["another receiver"] = new("name the receiver that the lock is for", null, [Claim(Secret, receiver: Counter.Alice)], [Claim(Secret)], Locked)
        {
            Detail = "account 1, the lock is for 6",
        },
        ["no such lock"] = new(
            "use the account and the id of a lock that has neither been claimed nor gone back", null, [Claim(Secret, id: 7)], [Claim(Secret)], Locked)
        {
            Detail = "7 of account 1, in whose slot lock 3 is",
        },
        ["no such lock, but an order"] = new(
            "use the account and the id of a lock that has neither been claimed nor gone back", null,
            [Claim(Secret)], [Counter.Deposit(Counter.Alice, 1)], Ordered)
        {
            Detail = "3 of account 1, in whose slot order 3 is",
        },
        ["nobody's account"] = new(
            "deposit to account 6 first, which makes it somebody's", null, [Claim(Secret)], [Counter.Deposit(Counter.Bob, 1), Claim(Secret)],
            state => Locked(state) with { Accounts = Locked(state).Accounts.Remove(Counter.Bob) }),

        ["zero price"] = new("the oracle must quote a price of every market that is listed", null, [Priced(0, 5, 0)], [Priced(0, 5, 5)], Unpriced)
        {
            Detail = "in market 4, in 2 of 3 reports",
        },
        ["funding out of range"] = new(
            "the oracle must report a rate of funding that is nearer to zero", "0.099999 micro-USD per unit", [Funding(1_000)], [Funding(0)], Charged),
        ["oracle signers not distinct and in order"] = new(
            "bring the reports of different signers, in the order of their numbers", null, [Signed(0, 2, 1)], [Signed(0, 1, 2)])
        {
            Detail = "0, 2, 1",
        },
        ["market not listed"] = new(
            "use a market that is listed, and for which there has been a price", null, [Counter.Trade(1, 1, market: 4)], [Counter.Trade(1, 100)], Unpriced) { Detail = "4 has no price yet" },
    };

    public static TheoryData<string> Rules => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Helps(string name) => Cases[name].AssertHelps(name);

    private static Transfer Transfer(long amount, long receiver = Counter.Carol) =>
        Counter.Exchange.OwnerOf(Counter.Alice).SignTransfer(Counter.Exchange.Configuration, 0, new(Counter.Alice, receiver, amount, default));

    private static Unlock Claim(byte[] secret, uint id = 3, long receiver = Counter.Bob) => new(Counter.Alice, id, receiver, Number(secret));

    private static BigInteger Hash(byte[] secret) => Number(SHA256.HashData(secret));

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>What three signers report of market 4.</summary>
    private static OracleTick Priced(params long[] prices) =>
        new(Counter.Now, [.. prices.Select((price, signer) => Report(signer, Counter.Price.SetItem(3, (ulong)price << 32), 0))]);

    private static OracleTick Funding(int rate) => new(Counter.Now, [.. Enumerable.Range(0, 3).Select(signer => Report(signer, Counter.Price, rate))]);

    private static OracleTick Signed(params int[] signers) => new(Counter.Now, [.. signers.Select(signer => Report(signer, Counter.Price, 0))]);

    private static PriceReport Report(int signer, ImmutableArray<ulong> prices, int rate) =>
        Counter.Exchange.Report(signer, Counter.Now, [.. prices.Select(price => new Quoted(price, rate))]);

    private static Func<InitialState, InitialState> Cash(long account, long cash) => state => With(state, account, its => its with { Cash = cash });

    /// <summary>Carol's account is Alice's, too, and has so much.</summary>
    private static Func<InitialState, InitialState> Shared(long cash) => state =>
        state with { Accounts = state.Accounts.Add(Counter.Carol, state.Accounts[Counter.Alice] with { Cash = cash }) };

    /// <summary>Alice owes so much, but has 2⁵⁵ at 2⁸, which are worth 2⁶³.</summary>
    private static Func<InitialState, InitialState> InDebt(long cash) => state =>
        With(state, Counter.Alice, account => account with { Cash = cash, Positions = account.Positions.Add(2, new(1L << 55, 0)) }) with
        {
            Markets = state.Markets.With(2, state.Markets[2] with { Price = 1UL << 40, OpenInterest = 1L << 55 }),
        };

    private static InitialState Credited(InitialState state) =>
        With(state, Counter.Alice, account => account with { Cash = Limits.Cash, Positions = account.Positions.Add(2, new(1, 1L << 32)) });

    private static InitialState Large(InitialState state) =>
        With(state, Counter.Alice, account => account with { Positions = account.Positions.Add(1, new(Limits.Size - 5, 0)) });

    /// <summary>5 of Alice's money lie under the hash of the secret, for Bob.</summary>
    private static InitialState Locked(InitialState state) => With(
        state, Counter.Alice, account => account with { Orders = account.Orders.Add(3, new(3, 0) { Lock = new(Counter.Bob, 5, Counter.Now + 100, Hash(Secret)) }) });

    private static InitialState Ordered(InitialState state) => With(state, Counter.Alice, account => account with { Orders = account.Orders.Add(3, new(3, 1)) });

    private static InitialState Unpriced(InitialState state) => state with { Markets = state.Markets.With(4, state.Markets[4] with { Price = 0 }) };

    /// <summary>Funding is due, and cannot grow in market 1.</summary>
    private static InitialState Charged(InitialState state) => state with
    {
        Markets = state.Markets.With(1, state.Markets[1] with { Funding = long.MaxValue }) with { FundingTime = Counter.Now - 3_600 },
    };

    private static InitialState With(InitialState state, long index, Func<Account, Account> change) =>
        state with { Accounts = state.Accounts.SetItem(index, change(state.Accounts[index])) };
}
