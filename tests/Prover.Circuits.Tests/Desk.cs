using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.Circuits.Tests;

/// <summary>Round numbers: market 1 trades at 100 (in 10⁻⁶ USD per unit of size) and needs 5 % margin. Alice and Bob have a million each.</summary>
internal static class Desk
{
    public const long Now = 1_764_000_000;
    public const long PriceTime = Now - 10;
    public const long Fund = InsuranceFund.Account;
    public const long Alice = 1;
    public const long Bob = 6;
    public const long Carol = 9;
    public const long Million = 1_000_000;

    public const string SecretText = "a secret of thirty-two bytes too";

    public static readonly BigInteger Recipient = 0xABCDEF;

    private static readonly EddsaPrivateKey[] Oracles = [.. Enumerable.Range(0, Limits.Signers).Select(i => Key($"oracle {i}"))];
    private static readonly EddsaPrivateKey Governance = Key("governance");
    private static readonly EddsaPrivateKey[] Owners = [.. Enumerable.Range(0, 16).Select(i => Key($"owner {i}"))];

    public static Configuration Configuration { get; } = new(
        Domain: 20_26, MaxPriceAge: 60, MaxPriceMove: 100_000, FundingInterval: 3600, MaxFunding: 1_000, Signers: [.. Oracles.Select(key => key.PublicKey)], Governance: Governance.PublicKey);

    public static ImmutableArray<ulong> Price { get; } = [100UL << 32, 10UL << 32];

    /// <summary>Half of the initial margin keeps a position, a quarter of it is the close-out margin; above a notional of 200,000 all of it doubles.</summary>
    public static Markets Markets { get; } = new(PriceTime, PriceTime, [Listed(50_000, Price[0]), Listed(100_000, Price[1])]);

    public static Account Owned(long account, long cash) => Account.Empty with { Owner = OwnerOf(account), Cash = cash };

    public static InitialState State { get; } = new(
        Markets,
        House: (BigInteger)5 << 32,
        ImmutableSortedDictionary<long, Account>.Empty.Add(Alice, Owned(Alice, Million)).Add(Bob, Owned(Bob, Million)));

    public static EdwardsPoint OwnerOf(long account) => Owners[account].PublicKey;

    public static Batch Batch(params ImmutableArray<Transaction> transactions) => new(TinyBatch.Shape, 7, Now, Configuration, State, transactions);

    public static Batch Housekeeping(Transaction transaction) => Batch(transaction) with { Shape = TinyBatch.Housekeeping };

    public static Batch Liquidating(Transaction transaction) => Batch(transaction) with { Shape = TinyBatch.Liquidating };

    public static Batch TakingOver(Transaction transaction) => Batch(transaction) with { Shape = TinyBatch.TakingOver };

    public static Batch Deleveraging(Transaction transaction) => Batch(transaction) with { Shape = TinyBatch.Deleveraging };

    public static Batch Forced(Transaction transaction) => Batch(transaction) with { Shape = TinyBatch.Forced };

    public static Batch Locking(HashLock transaction) => Batch(transaction) with { Shape = TinyBatch.Locking };

    public static Batch Unlocking(Unlock transaction) => Batch(transaction) with { Shape = TinyBatch.Unlocking };

    public static Batch With(this Batch batch, long account, Func<Account, Account> change)
    {
        var before = batch.State.Accounts.GetValueOrDefault(account, Account.Empty);
        return batch with { State = batch.State with { Accounts = batch.State.Accounts.SetItem(account, change(before)) } };
    }

    public static Batch WithCash(this Batch batch, long account, long cash) => batch.With(account, before => before with { Cash = cash });

    /// <summary>The account long or short in a market; what others hold against it does not matter, but that so much is open does.</summary>
    public static Batch WithPosition(this Batch batch, long account, int market, long size, long funding = 0) => batch
        .With(account, before => before with { Positions = before.Positions.SetItem(market, new(size, funding)) })
        .WithMarket(market, before => before with { OpenInterest = before.OpenInterest + Math.Abs(size) });

    public static Batch WithMarket(this Batch batch, int market, Func<Market, Market> change) =>
        batch.WithMarkets(markets => markets.With(market, change(markets[market])));

    public static Batch WithMarkets(this Batch batch, Func<Markets, Markets> change) =>
        batch with { State = batch.State with { Markets = change(batch.State.Markets) } };

    public static Batch WithPrices(this Batch batch, long time, ImmutableArray<ulong> price) => batch.WithMarkets(markets => markets with
    {
        PriceTime = time,
        List = [.. markets.List.Zip(price, (market, value) => market with { Price = value })],
    });

    /// <summary>
    /// The batch in a shape with two scenarios, as many shocks in each market, and portfolio margin in some accounts. Whoever has signed a tick signs the same
    /// scenarios with it.
    /// </summary>
    public static Batch WithScenarios(this Batch batch, ImmutableArray<ImmutableArray<long>> shocks, params ImmutableArray<long> portfolios)
    {
        var changed = batch with { Shape = TinyBatch.WithScenarios(batch.Shape), Transactions = [.. batch.Transactions.Select(each => each is OracleTick tick ? Resigned(tick, shocks) : each)] };
        changed = changed.WithMarkets(markets => markets with { List = [.. markets.List.Zip(shocks, (market, its) => market with { Shocks = its })] });
        return portfolios.Aggregate(changed, (to, account) => to.With(account, before => before with { Portfolio = true }));
    }

    /// <summary>A tick whose reports are signed with scenarios; those that were forged remain so.</summary>
    public static OracleTick Resigned(OracleTick tick, ImmutableArray<ImmutableArray<long>> shocks) => tick with
    {
        Shocks = shocks,
        Reports = [.. tick.Reports.Select(report => report with { Signature = SignerOf(report, tick)?.SignPrices(Configuration, report.Signer, tick.Time, report.Quoted, shocks).Signature ?? report.Signature })],
    };

    private static EddsaPrivateKey? SignerOf(PriceReport report, OracleTick tick) =>
        Eddsa.Verify(Oracles[report.Signer].PublicKey, Messages.Prices(Configuration, tick.Time, report.Quoted, tick.Shocks), report.Signature) ? Oracles[report.Signer] : null;

    public static Deposit Deposit(long account, long amount) => new(account, OwnerOf(account), amount);

    public static Withdrawal Withdrawal(long account, long amount, uint nonce = 0, int signedBy = -1, int chain = 0) =>
        Owners[signedBy < 0 ? account : signedBy].SignWithdrawal(Configuration, account, nonce, amount, Recipient, chain);

    public static KeyChange KeyChange(long account, EdwardsPoint owner, Fr session = default, uint nonce = 0, int signedBy = -1, bool portfolio = false, bool isolated = false) =>
        Owners[signedBy < 0 ? account : signedBy].SignKeys(Configuration, nonce, new(account, owner, session, default) { Portfolio = portfolio, Isolated = isolated });

    public static ForcedExit Exit(long account, long amount, int signedBy = -1, byte salt = 0) =>
        Owners[signedBy < 0 ? account : signedBy].SignExit(Configuration, new(account, amount, Recipient, default), [salt]);

    public static ForcedClose Close(long account, int market, long size, int signedBy = -1, byte salt = 0) =>
        Owners[signedBy < 0 ? account : signedBy].SignClose(Configuration, new(market, size, account, default), [salt]);

    /// <summary>A lock of Alice's, changed as told and then signed.</summary>
    public static HashLock Lock(Func<HashLock, HashLock>? change = null, int signedBy = (int)Alice)
    {
        var unsigned = new HashLock(Alice, 3, Locked(), default);
        return Owners[signedBy].SignLock(Configuration, change?.Invoke(unsigned) ?? unsigned);
    }

    /// <summary>Five for Bob, whoever shows the secret.</summary>
    public static LockedTransfer Locked(long deadline = Now + 100) =>
        new(Bob, 5, deadline, new BigInteger(SHA256.HashData(Encoding.ASCII.GetBytes(SecretText)), isUnsigned: true, isBigEndian: true));

    public static Cancel Cancel(long account, uint id, SessionKey? session = null, int signedBy = -1) =>
        Owners[signedBy < 0 ? account : signedBy].SignCancel(Configuration, new(account, id, default, session));

    public static Transfer Transfer(long sender, long receiver, long amount, uint nonce = 0, int signedBy = -1) =>
        Owners[signedBy < 0 ? sender : signedBy].SignTransfer(Configuration, nonce, new(sender, receiver, amount, default));

    /// <summary>A change of a market's margins that the governance signs, or the owner of an account.</summary>
    public static MarketUpdate Update(
        int market, Margins margins, Margins? raise = null, Margins? last = null, uint updates = 0, int signedBy = -1, ulong leeway = 0, bool portfolioOnly = false)
    {
        var raises = Market.None.Raises.SetItem(0, new((BigInteger)200_000 << 32, raise ?? margins)).SetItem(2, new((BigInteger)400_000 << 32, last ?? Margins.None));
        return (signedBy < 0 ? Governance : Owners[signedBy]).SignUpdate(Configuration, updates, new(market, margins, raises, default) { Leeway = leeway, PortfolioOnly = portfolioOnly });
    }

    public static EscapeRequest Escape(long account, uint nonce = 0, int signedBy = -1) =>
        EscapeRequest.Sign(Owners[signedBy < 0 ? account : signedBy], Configuration, account, nonce, Recipient);

    /// <summary>A session key, which is another owner's.</summary>
    public static SessionKey Session(long keyOf, long until) => new(OwnerOf(keyOf), until);

    /// <summary>A tick at the old prices unless told otherwise.</summary>
    public static OracleTick Tick(long time = Now - 1, ImmutableArray<ulong> price = default, int[]? signers = null, int rate = 0) =>
        new(time, [.. (signers ?? [0, 1, 3]).Select(signer => Report(signer, time, price.IsDefault ? Price : price, rate: rate))]);

    public static PriceReport Report(int signer, long time, ImmutableArray<ulong> price, int signedBy = -1, int rate = 0) =>
        Oracles[signedBy < 0 ? signer : signedBy].SignPrices(Configuration, signer, time, [.. price.Select(value => new Quoted(value, rate))]);

    /// <summary>An order that fits a trade of 1,000 for 100,000 exactly, with fees up to 40.</summary>
    public static OrderSide Order(long account) => new(account, Base: 1000, Quote: 100_000, FeeCap: 40, Id: 3, Expiry: Now + 100, ReduceOnly: false, Fee: 0, Signature: default);

    /// <summary>Alice buys from Bob, changed as told and then signed by whoever owns the accounts.</summary>
    public static Trade Trade(
        long size = 1000, long quote = 100_000, int market = 1, Func<OrderSide, OrderSide>? buyer = null, Func<OrderSide, OrderSide>? seller = null)
    {
        var (buys, sells) = (Order(Alice), Order(Bob));
        return new(market, size, quote, Signed(buyer?.Invoke(buys) ?? buys, market, sells: false), Signed(seller?.Invoke(sells) ?? sells, market, sells: true));
    }

    public static OrderSide Signed(OrderSide order, int market, bool sells, int signedBy = -1) =>
        Owners[signedBy < 0 ? order.Account : signedBy].SignOrder(Configuration, market, sells, order);

    private static Market Listed(int initial, ulong price)
    {
        var margins = new Margins(initial, initial / 2, initial / 4);
        return Market.None with { Price = price, Base = margins, Raises = Market.None.Raises.SetItem(0, new((BigInteger)200_000 << 32, margins)) };
    }

    private static EddsaPrivateKey Key(string name) => new(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} of the desk, for tests only")));
}
