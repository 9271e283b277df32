using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>A batch of the drill.</summary>
/// <param name="Batch">What was accepted, with the state that it starts from.</param>
/// <param name="Result">What executing it gave.</param>
/// <param name="Progress">How many transactions resolved something.</param>
public sealed record DrillBatch(Batch Batch, BatchResult Result, int Progress);

/// <summary>
/// A crash: all prices fall in one tick, and then batch after batch liquidates, takes over and deleverages until every account has its maintenance margin
/// or nothing helps any more.
/// </summary>
public sealed class CrashDrill
{
    private readonly Exchange _exchange;
    private readonly Ledger _ledger;
    private readonly ImmutableArray<ulong> _prices;
    private long _number;
    private long _time;
    private uint _lastOrder;

    /// <summary>Prepares the fall.</summary>
    /// <param name="exchange">Whose keys sign prices and the maker's orders.</param>
    /// <param name="shape">The shape of every batch.</param>
    /// <param name="book">The state before, of <see cref="CrashBook"/>.</param>
    /// <param name="time">When the book's prices were signed. The fall comes as soon as they serve no more, which lets prices move as far as the configuration says.</param>
    /// <param name="fall">By how much every price falls, in parts per million.</param>
    public CrashDrill(Exchange exchange, BatchShape shape, InitialState book, long time, int fall)
    {
        (_exchange, _ledger, _time) = (exchange, book.OpenLedger(shape), time + exchange.Configuration.MaxPriceAge);
        Configuration = exchange.Configuration with { MaxPriceMove = Math.Min(Limits.Million, fall + 1_000) };
        _prices = [.. book.Markets.List.Select(market => (ulong)((BigInteger)market.Price * (Limits.Million - fall) / Limits.Million))];
    }

    /// <summary>The exchange's, but that prices may move so far.</summary>
    public Configuration Configuration { get; }

    /// <summary>The state now.</summary>
    public Ledger Ledger => _ledger;

    /// <summary>The accounts below their maintenance margin now.</summary>
    public IReadOnlyList<Deficiency> Deficiencies =>
        [.. _ledger.Accounts.AsParallel().Select(item => Deficiency.Of(item.Key, item.Value, _ledger.Markets)).OfType<Deficiency>().OrderBy(item => item.Account)];

    /// <summary>The batch in which prices fall.</summary>
    public DrillBatch Fall() => Run(leastRank: 0, (_, _) => { });

    /// <summary>The next batch that brings accounts back to their margins; one without progress if nothing helps any more, null if all have theirs.</summary>
    public DrillBatch? Next()
    {
        var deficiencies = Deficiencies;
        if (deficiencies.Count == 0)
        {
            return null;
        }

        var counterparties = Counterparties([.. deficiencies.Where(item => item.IsBelowCloseOut).SelectMany(item => _ledger[item.Account].Positions.Select(position => (position.Key, position.Value.Size > 0)))]);
        var ranks = counterparties.Values.SelectMany(list => list).Select(item => item.Rank);
        return Run(ranks.DefaultIfEmpty().Min(), (execution, accepted) =>
        {
            foreach (var item in deficiencies.Where(item => !item.IsBelowCloseOut))
            {
                Liquidate(item.Account, execution, accepted);
            }

            if (_ledger.House >= InsuranceFund.Dust)
            {
                execution(new Sweep((long)BigInteger.Min(_ledger.House >> 32, Limits.Money)));
            }

            var closedOut = deficiencies.Where(item => item.IsBelowCloseOut).Select(item => item.Account).ToArray();
            TakeOver(closedOut, execution, accepted);
            foreach (var account in closedOut)
            {
                Deleverage(account, counterparties, execution, accepted);
            }
        });
    }

    private DrillBatch Run(uint leastRank, Action<Func<Transaction, Rejection?>, Action> resolve)
    {
        var batch = new Batch(_ledger.Shape, ++_number, ++_time, Configuration, InitialState.Of(_ledger), []) { LeastRank = leastRank };
        var execution = new BatchExecution(batch, _ledger);
        var (transactions, progress) = (new List<Transaction>(), 0);
        if (Run(_exchange.Tick(_time, _prices, _ledger.Shape.Markets, 0, 1, 3)) is { } refused)
        {
            throw new InvalidOperationException($"The drill's own prices are refused: {refused}");
        }

        resolve(Run, () => progress++);
        return new(batch with { Transactions = [.. transactions] }, execution.Finish(), progress);

        Rejection? Run(Transaction transaction)
        {
            var rejection = execution.Run(transaction).Rejection;
            if (rejection is null)
            {
                transactions.Add(transaction);
            }

            return rejection;
        }
    }

    /// <summary>Whole positions go to the maker, the largest first, half-way between the oracle's price and the least one; half of the surplus is a fee.</summary>
    private void Liquidate(long account, Func<Transaction, Rejection?> run, Action accepted)
    {
        foreach (var position in PositionMargin.Of(_ledger[account], _ledger.Markets).OrderByDescending(position => position.Notional))
        {
            if (Deficiency.Of(account, _ledger[account], _ledger.Markets) is null)
            {
                return;
            }

            var (market, size, isLong) = (position.Market, Math.Abs(position.Size), position.Size > 0);
            var least = BigInteger.Max(ZeroQuote.Of(_ledger[account], _ledger.Markets, market, size), LeastQuote.Of(_ledger.Markets[market], position.Size));
            var paid = (least + (position.Worth >> 32)) / 2;
            var (quote, fee) = ((long)BigInteger.Abs(paid), (long)BigInteger.Max(0, (paid - least) / 2));
            var order = new OrderSide(CrashBook.Maker, size, quote, 0, ++_lastOrder, _time, ReduceOnly: false, 0, default);
            if (run(new Liquidation(market, size, quote, isLong, account, fee, _exchange.Sign(market, sells: !isLong, order))) is null)
            {
                accepted();
            }
        }
    }

    /// <summary>The fund takes as much as it can of each position, until there are as many left of which it can take nothing as can be deleveraged in a batch.</summary>
    private void TakeOver(long[] accounts, Func<Transaction, Rejection?> run, Action accepted)
    {
        var left = 0;
        foreach (var account in accounts)
        {
            foreach (var (market, position) in _ledger[account].Positions)
            {
                var whole = Math.Abs(position.Size);
                var size = LargestPart(account, market, whole);
                var rejection = size > 0 ? run(new TakeOver(LossOf(account, market, size))) : null;
                if (size > 0 && rejection is null)
                {
                    accepted();
                }

                left += size < whole ? 1 : 0;
                if (rejection?.Rule is "no lane left" || left >= _ledger.Shape.Deleverages)
                {
                    return;
                }
            }
        }
    }

    /// <summary>How much of a position the fund can take.</summary>
    private long LargestPart(long account, int market, long whole)
    {
        var (least, most) = (0L, whole);
        while (least < most)
        {
            var size = most == whole ? whole : least + ((most - least + 1) / 2);
            (least, most) = CanTake(size) ? (size, most) : (least, size - 1);
        }

        return least;

        bool CanTake(long size)
        {
            var (loss, markets) = (LossOf(account, market, size), _ledger.Markets);
            var fund = Settlement.Of(_ledger[InsuranceFund.Account], markets);
            var before = fund.Account.SizeIn(market);
            var after = before + (_ledger[account].SizeIn(market) < 0 ? -size : size);
            var left = fund.With(fund.Cash - loss.Paid, market, after, markets, _ledger.Shape.Slots);
            return Risk.CheckHolding(InsuranceFund.Account, fund.Account, market, after, _ledger.Markets, _ledger.Shape.Slots) is null
                && Risk.CheckAcceptable(InsuranceFund.Account, Standing.Of(fund.Account, markets), Standing.Of(left, markets), before, after) is null;
        }
    }

    private void Deleverage(
        long account, Dictionary<(int Market, bool Long), List<(long Account, uint Rank)>> counterparties, Func<Transaction, Rejection?> run, Action accepted)
    {
        foreach (var (market, position) in _ledger[account].Positions)
        {
            var side = counterparties[(market, position.Size > 0)];
            while (Math.Abs(_ledger[account].SizeIn(market)) is > 0 and var left && Best(side, market, left) is { } against)
            {
                var rejection = run(new Deleverage(LossOf(account, market, Math.Min(left, Math.Abs(_ledger[against].SizeIn(market)))), against));
                if (rejection is null)
                {
                    accepted();
                }
                else if (rejection.Account == against)
                {
                    side.RemoveAll(item => item.Account == against);
                }
                else
                {
                    return;
                }
            }
        }
    }

    /// <summary>Who holds no more than needed of those who hold enough, or else who holds most.</summary>
    private long? Best(List<(long Account, uint Rank)> side, int market, long size)
    {
        var held = side.Select(item => (item.Account, Size: Math.Abs(_ledger[item.Account].SizeIn(market)))).Where(item => item.Size > 0).ToArray();
        var enough = held.Where(item => item.Size >= size).ToArray();
        return held.Length == 0 ? null : enough.Length > 0 ? enough.MinBy(item => item.Size).Account : held.MaxBy(item => item.Size).Account;
    }

    private Loss LossOf(long account, int market, long size) => new(market, size, (long)ZeroQuote.Of(_ledger[account], _ledger.Markets, market, size), account);

    /// <summary>Who holds the opposite of a position that is lost, the most leveraged of them; many more than one batch can use, so that few of them are enough for a loss.</summary>
    private Dictionary<(int Market, bool Long), List<(long Account, uint Rank)>> Counterparties(HashSet<(int Market, bool Long)> lost) => lost.ToDictionary(
        item => item,
        item => _ledger.Accounts.AsParallel()
            .Where(entry => entry.Key != InsuranceFund.Account && entry.Value.SizeIn(item.Market) is var size && (item.Long ? size < 0 : size > 0))
            .Select(entry => (Account: entry.Key, Standing.Settled(entry.Value, _ledger.Markets).Rank))
            .OrderByDescending(entry => entry.Rank).ThenBy(entry => entry.Account)
            .Take(20 * _ledger.Shape.Deleverages)
            .ToList());
}
