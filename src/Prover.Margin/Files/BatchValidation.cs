using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>Checks every number of a batch against the range its circuit input has, so that execution never meets one outside.</summary>
internal sealed partial class BatchValidation(string origin)
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
        Range("$.shape.scenarios", batch.Shape.Scenarios, 0, Limits.Scenarios);
        Range("$.shape.orders", batch.Shape.Orders, 1, 8);
        Range("$.shape.deposits", batch.Shape.Deposits, 0, 1024);
        Range("$.shape.updates", batch.Shape.Updates, 0, 1024);
        Range("$.shape.keys", batch.Shape.Keys, 0, 1024);
        Range("$.shape.cancels", batch.Shape.Cancels, 0, 1024);
        Range("$.shape.transfers", batch.Shape.Transfers, 0, 1024);
        Range("$.shape.locks", batch.Shape.Locks, 0, 1024);
        Range("$.shape.unlocks", batch.Shape.Unlocks, 0, 1024);
        Range("$.shape.liquidations", batch.Shape.Liquidations, 0, 1024);
        Range("$.shape.sweeps", batch.Shape.Sweeps, 0, 1024);
        Range("$.shape.takeOvers", batch.Shape.TakeOvers, 0, 1024);
        Range("$.shape.deleverages", batch.Shape.Deleverages, 0, 1024);
        Range("$.shape.closes", batch.Shape.Closes, 0, 1024);
        Range("$.shape.trades", batch.Shape.Trades, 0, 1024);
        Range("$.shape.withdrawals", batch.Shape.Withdrawals, 0, 1024);
        Range("$.shape.exits", batch.Shape.Exits, 0, 1024);
        Range("$.number", batch.Number, 0, long.MaxValue);
        Range("$.time", batch.Time, 0, Limits.Time - 1);
        CheckConfiguration(batch.Configuration);
        CheckState(batch);
        for (var i = 0; i < Items("$.transactions", batch.Transactions).Length; i++)
        {
            CheckTransaction($"$.transactions[{i}]", batch.Transactions[i], batch.Shape);
        }

        if (batch.Quorum is { } quorum)
        {
            for (var i = 0; i < Items("$.quorum.signatures", quorum.Signatures).Length; i++)
            {
                Present($"$.quorum.signatures[{i}]", quorum.Signatures[i]);
                CheckSignature($"$.quorum.signatures[{i}].signature", quorum.Signatures[i].Signature);
            }
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
