using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>Checks every number of a batch against the range its circuit input has, so that execution never meets one outside.</summary>
internal sealed class BatchValidation(string origin)
{
    public void Check(Batch batch)
    {
        if (batch.Format != Batch.CurrentFormat)
        {
            throw new BatchFileException($"{origin}: $.format: '{batch.Format}' is not '{Batch.CurrentFormat}', the only format this version reads.");
        }

        Range("$.shape.depth", batch.Shape.Depth, 1, 12);
        Range("$.shape.slots", batch.Shape.Slots, 1, Limits.Slots);
        Range("$.shape.markets", batch.Shape.Markets, 1, Limits.Markets);
        Range("$.shape.orders", batch.Shape.Orders, 1, 8);
        Range("$.shape.deposits", batch.Shape.Deposits, 0, 1024);
        Range("$.shape.keys", batch.Shape.Keys, 0, 1024);
        Range("$.shape.cancels", batch.Shape.Cancels, 0, 1024);
        Range("$.shape.transfers", batch.Shape.Transfers, 0, 1024);
        Range("$.shape.liquidations", batch.Shape.Liquidations, 0, 1024);
        Range("$.shape.trades", batch.Shape.Trades, 0, 1024);
        Range("$.shape.withdrawals", batch.Shape.Withdrawals, 0, 1024);
        Range("$.number", batch.Number, 0, long.MaxValue);
        Range("$.time", batch.Time, 0, Limits.Time - 1);
        CheckConfiguration(batch.Configuration);
        CheckState(batch);
        for (var i = 0; i < Items("$.transactions", batch.Transactions).Length; i++)
        {
            CheckTransaction($"$.transactions[{i}]", batch.Transactions[i], batch.Shape);
        }
    }

    private void CheckConfiguration(Configuration configuration)
    {
        Range("$.configuration.maxPriceAge", configuration.MaxPriceAge, 0, Limits.PriceAge);
        Range("$.configuration.maxPriceMove", configuration.MaxPriceMove, 0, Limits.Million);
        Range("$.configuration.fundingInterval", configuration.FundingInterval, 1, Limits.PriceAge);
        Range("$.configuration.maxFunding", configuration.MaxFunding, 0, Limits.Million);
        Count("$.configuration.signers", configuration.Signers, Limits.Signers);
        if (configuration.Signers.Distinct().Count() < Limits.Signers)
        {
            throw new BatchFileException($"{origin}: $.configuration.signers: two keys are equal, so that fewer than {Limits.Quorum} people could make a quorum.");
        }
    }

    private void CheckState(Batch batch)
    {
        CheckMarkets(batch.State.Markets, batch.Shape.Markets);
        Range("$.state.house", batch.State.House, 0, Limits.Notional - 1);
        var capacity = 1L << (2 * batch.Shape.Depth);
        var slots = 1 << (2 * batch.Shape.Orders);
        foreach (var (index, account) in batch.State.Accounts)
        {
            var path = $"$.state.accounts.{index}";
            Present(path, account);
            Range(path, index, 0, capacity - 1);
            Range($"{path}.cash", account.Cash, -Limits.Cash, Limits.Cash);
            CheckPositions($"{path}.positions", account.Positions, batch);
            foreach (var (slot, order) in account.Orders)
            {
                Present($"{path}.orders.{slot}", order);
                Range($"{path}.orders.{slot}", slot, 0, slots - 1);
                Range($"{path}.orders.{slot}.id", order.Id % slots, slot, slot);
                Range($"{path}.orders.{slot}.filled", order.Filled, 0, Limits.Size);
            }
        }
    }

    private void CheckMarkets(Markets markets, int count)
    {
        Range("$.state.markets.priceTime", markets.PriceTime, 0, Limits.Time - 1);
        Range("$.state.markets.fundingTime", markets.FundingTime, 0, Limits.Time - 1);
        Count("$.state.markets.list", markets.List, count);
        for (var i = 0; i < count; i++)
        {
            var (path, market) = ($"$.state.markets.list[{i}]", markets.List[i]);
            Present(path, market);
            Range($"{path}.openInterest", market.OpenInterest, 0, Limits.Size);
            Count($"{path}.raises", market.Raises, Limits.Raises);
            CheckMargins($"{path}.base", market.Base, mayBeEqual: !market.IsListed);
            for (var r = 0; r < Limits.Raises; r++)
            {
                Present($"{path}.raises[{r}]", market.Raises[r]);
                Range($"{path}.raises[{r}].from", market.Raises[r].From, 0, Limits.Notional - 1);
                CheckMargins($"{path}.raises[{r}].by", market.Raises[r].By, mayBeEqual: true);
            }
        }
    }

    /// <summary>0 ≤ close-out ≤ maintenance ≤ initial, and 0 &lt; close-out where a market is listed.</summary>
    private void CheckMargins(string path, Margins margins, bool mayBeEqual)
    {
        Range($"{path}.initial", margins.Initial, 0, Limits.Million);
        Range($"{path}.maintenance", margins.Maintenance, 0, margins.Initial);
        Range($"{path}.closeOut", margins.CloseOut, mayBeEqual ? 0 : 1, margins.Maintenance);
    }

    private void CheckPositions(string path, ImmutableSortedDictionary<int, Position> positions, Batch batch)
    {
        if (positions.Count > batch.Shape.Slots)
        {
            throw new BatchFileException($"{origin}: {path}: {positions.Count} positions, but the shape has {batch.Shape.Slots} slots.");
        }

        foreach (var (market, position) in positions)
        {
            Range($"{path}.{market}", market, 1, batch.Shape.Markets);
            Present($"{path}.{market}", position);
            Range($"{path}.{market}.size", position.Size, -Limits.Size, Limits.Size);
            if (position.Size == 0)
            {
                throw new BatchFileException($"{origin}: {path}.{market}.size: 0 is no position.");
            }
        }
    }

    private void CheckTransaction(string path, Transaction transaction, BatchShape shape)
    {
        Present(path, transaction);
        switch (transaction)
        {
            case OracleTick tick:
                Count($"{path}.reports", tick.Reports, Limits.Quorum);
                Range($"{path}.time", tick.Time, 1, Limits.Time - 1);
                for (var i = 0; i < tick.Reports.Length; i++)
                {
                    Present($"{path}.reports[{i}]", tick.Reports[i]);
                    Range($"{path}.reports[{i}].signer", tick.Reports[i].Signer, 0, Limits.Signers - 1);
                    CheckQuoted($"{path}.reports[{i}].quoted", tick.Reports[i].Quoted, shape.Markets);
                    CheckSignature($"{path}.reports[{i}].signature", tick.Reports[i].Signature);
                }

                break;
            case Deposit deposit:
                Range($"{path}.account", deposit.Account, 0, (1L << 24) - 1);
                Range($"{path}.amount", deposit.Amount, 1, Limits.Money);
                if (deposit.Key.X.IsZero && deposit.Key.Y.IsZero)
                {
                    throw new BatchFileException($"{origin}: {path}.key: (0, 0) marks empty accounts and cannot own one.");
                }

                break;
            case KeyChange change:
                Range($"{path}.account", change.Account, 0, (1L << 24) - 1);
                CheckSignature($"{path}.signature", change.Signature);
                break;
            case Cancel cancel:
                Range($"{path}.account", cancel.Account, 0, (1L << 24) - 1);
                CheckSession(path, cancel.Session);
                CheckSignature($"{path}.signature", cancel.Signature);
                break;
            case Transfer transfer:
                Range($"{path}.sender", transfer.Sender, 0, (1L << 24) - 1);
                Range($"{path}.receiver", transfer.Receiver, 0, (1L << 24) - 1);
                Range($"{path}.amount", transfer.Amount, 1, Limits.Money);
                CheckSignature($"{path}.signature", transfer.Signature);
                break;
            case Liquidation liquidation:
                Range($"{path}.market", liquidation.Market, 1, shape.Markets);
                Range($"{path}.base", liquidation.Base, 1, Limits.Size);
                Range($"{path}.quote", liquidation.Quote, 0, Limits.Quote);
                Range($"{path}.account", liquidation.Account, 0, (1L << 24) - 1);
                Range($"{path}.fee", liquidation.Fee, 0, Limits.Money);
                CheckSide($"{path}.taker", liquidation.Taker);
                break;
            case Trade trade:
                Range($"{path}.market", trade.Market, 1, shape.Markets);
                Range($"{path}.base", trade.Base, 1, Limits.Size);
                Range($"{path}.quote", trade.Quote, 0, Limits.Quote);
                CheckSide($"{path}.buyer", trade.Buyer);
                CheckSide($"{path}.seller", trade.Seller);
                break;
            case Withdrawal withdrawal:
                Range($"{path}.account", withdrawal.Account, 0, (1L << 24) - 1);
                Range($"{path}.amount", withdrawal.Amount, 1, Limits.Money);
                Range($"{path}.recipient", withdrawal.Recipient, 0, Limits.Recipient - 1);
                CheckSignature($"{path}.signature", withdrawal.Signature);
                break;
        }
    }

    private void CheckSide(string path, OrderSide side)
    {
        Range($"{path}.account", side.Account, 0, (1L << 24) - 1);
        Range($"{path}.base", side.Base, 0, Limits.Size);
        Range($"{path}.quote", side.Quote, 0, Limits.Quote);
        Range($"{path}.feeCap", side.FeeCap, 0, Limits.Quote);
        Range($"{path}.expiry", side.Expiry, 0, Limits.Time - 1);
        Range($"{path}.fee", side.Fee, 0, Limits.Money);
        CheckSession(path, side.Session);
        CheckSignature($"{path}.signature", side.Signature);
    }

    private void CheckSession(string path, SessionKey? session)
    {
        if (session is not null)
        {
            Range($"{path}.session.until", session.Until, 0, Limits.Time - 1);
        }
    }

    private void CheckSignature(string path, EddsaSignature signature) =>
        Range($"{path}.s", signature.S, 0, BabyJubjub.SubgroupOrder - 1);

    private void CheckQuoted(string path, ImmutableArray<Quoted> quoted, int count)
    {
        Count(path, quoted, count);
        for (var i = 0; i < count; i++)
        {
            Present($"{path}[{i}]", quoted[i]);
            Range($"{path}[{i}].rate", quoted[i].Rate, -Limits.Million, Limits.Million);
        }
    }

    private ImmutableArray<T> Items<T>(string path, ImmutableArray<T> items) =>
        items.IsDefault ? throw new BatchFileException($"{origin}: {path}: missing.") : items;

    private void Present(string path, object? item)
    {
        if (item is null)
        {
            throw new BatchFileException($"{origin}: {path}: null.");
        }
    }

    private void Count<T>(string path, ImmutableArray<T> items, int count)
    {
        if (Items(path, items).Length != count)
        {
            throw new BatchFileException($"{origin}: {path}: expected {count} elements, got {items.Length}.");
        }
    }

    private void Range(string path, BigInteger value, BigInteger low, BigInteger high)
    {
        if (value < low || value > high)
        {
            throw new BatchFileException($"{origin}: {path}: {value} is not from {low} to {high}.");
        }
    }
}
