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
        Range("$.shape.orders", batch.Shape.Orders, 1, 8);
        Range("$.shape.deposits", batch.Shape.Deposits, 0, 1024);
        Range("$.shape.trades", batch.Shape.Trades, 0, 1024);
        Range("$.shape.withdrawals", batch.Shape.Withdrawals, 0, 1024);
        Range("$.number", batch.Number, 0, long.MaxValue);
        Range("$.time", batch.Time, 0, Limits.Time - 1);
        CheckConfiguration(batch.Configuration);
        CheckState(batch);
        for (var i = 0; i < Items("$.transactions", batch.Transactions).Length; i++)
        {
            CheckTransaction($"$.transactions[{i}]", batch.Transactions[i]);
        }
    }

    private void CheckConfiguration(Configuration configuration)
    {
        Range("$.configuration.maxPriceAge", configuration.MaxPriceAge, 0, Limits.PriceAge);
        Range("$.configuration.maxPriceMove", configuration.MaxPriceMove, 0, Limits.Million);
        Count("$.configuration.signers", configuration.Signers, Limits.Signers);
        if (configuration.Signers.Distinct().Count() < Limits.Signers)
        {
            throw new BatchFileException($"{origin}: $.configuration.signers: two keys are equal, so that fewer than {Limits.Quorum} people could make a quorum.");
        }

        Count("$.configuration.initialFraction", configuration.InitialFraction, Limits.Markets);
        for (var i = 0; i < Limits.Markets; i++)
        {
            Range($"$.configuration.initialFraction[{i}]", configuration.InitialFraction[i], 1, Limits.Million);
        }
    }

    private void CheckState(Batch batch)
    {
        CheckPrices("$.state.prices", batch.State.Prices.Time, batch.State.Prices.Price);
        Range("$.state.fees", batch.State.Fees, 0, Limits.Cash);
        var capacity = 1L << (2 * batch.Shape.Depth);
        var slots = 1 << (2 * batch.Shape.Orders);
        foreach (var (index, account) in batch.State.Accounts)
        {
            var path = $"$.state.accounts.{index}";
            Present(path, account);
            Range(path, index, 0, capacity - 1);
            Range($"{path}.cash", account.Cash, -Limits.Cash, Limits.Cash);
            Count($"{path}.sizes", account.Sizes, Limits.Markets);
            foreach (var size in account.Sizes)
            {
                Range($"{path}.sizes", size, -Limits.Size, Limits.Size);
            }

            foreach (var (slot, order) in account.Orders)
            {
                Present($"{path}.orders.{slot}", order);
                Range($"{path}.orders.{slot}", slot, 0, slots - 1);
                Range($"{path}.orders.{slot}.id", order.Id % slots, slot, slot);
                Range($"{path}.orders.{slot}.filled", order.Filled, 0, Limits.Size);
            }
        }
    }

    private void CheckTransaction(string path, Transaction transaction)
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
                    Count($"{path}.reports[{i}].price", tick.Reports[i].Price, Limits.Markets);
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
            case Trade trade:
                Range($"{path}.market", trade.Market, 0, Limits.Markets - 1);
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
        CheckSignature($"{path}.signature", side.Signature);
    }

    private void CheckSignature(string path, EddsaSignature signature) =>
        Range($"{path}.s", signature.S, 0, BabyJubjub.SubgroupOrder - 1);

    private void CheckPrices(string path, long time, ImmutableArray<ulong> price)
    {
        Range($"{path}.time", time, 0, Limits.Time - 1);
        Count($"{path}.price", price, Limits.Markets);
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
