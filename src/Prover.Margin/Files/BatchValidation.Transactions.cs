using System.Collections.Immutable;
using Prover.Primitives;

namespace Prover.Margin;

internal sealed partial class BatchValidation
{
    private void CheckTransaction(string path, Transaction transaction, BatchShape shape)
    {
        Present(path, transaction);
        switch (transaction)
        {
            case MarketUpdate update:
                Range($"{path}.market", update.Market, 1, shape.Markets);
                CheckFractions($"{path}.base", update.Base);
                CheckRaises(path, update.Raises, CheckFractions);
                CheckSignature($"{path}.signature", update.Signature);
                break;
            case OracleTick tick:
                Count($"{path}.reports", tick.Reports, Limits.Quorum);
                Range($"{path}.time", tick.Time, 1, Limits.Time - 1);
                Count($"{path}.shocks", tick.Shocks, shape.Scenarios == 0 ? 0 : shape.Markets);
                for (var i = 0; i < tick.Shocks.Length; i++)
                {
                    Count($"{path}.shocks[{i}]", tick.Shocks[i], shape.Scenarios);
                }

                for (var i = 0; i < tick.Reports.Length; i++)
                {
                    Present($"{path}.reports[{i}]", tick.Reports[i]);
                    Range($"{path}.reports[{i}].signer", tick.Reports[i].Signer, 0, Limits.Signers - 1);
                    CheckQuoted($"{path}.reports[{i}].quoted", tick.Reports[i].Quoted, shape.Markets);
                    CheckSignature($"{path}.reports[{i}].signature", tick.Reports[i].Signature);
                }

                break;
            case Deposit deposit:
                Range($"{path}.account", deposit.Account, 0, Limits.AccountIndex);
                Range($"{path}.amount", deposit.Amount, 1, Limits.Money);
                if (deposit.Key.X.IsZero && deposit.Key.Y.IsZero)
                {
                    throw new BatchFileException($"{origin}: {path}.key: (0, 0) marks empty accounts and cannot own one.");
                }

                break;
            case KeyChange change:
                Range($"{path}.account", change.Account, 0, Limits.AccountIndex);
                CheckSignature($"{path}.signature", change.Signature);
                break;
            case Cancel cancel:
                Range($"{path}.account", cancel.Account, 0, Limits.AccountIndex);
                CheckSession(path, cancel.Session);
                CheckSignature($"{path}.signature", cancel.Signature);
                break;
            case Transfer transfer:
                Range($"{path}.sender", transfer.Sender, 0, Limits.AccountIndex);
                Range($"{path}.receiver", transfer.Receiver, 0, Limits.AccountIndex);
                Range($"{path}.amount", transfer.Amount, 1, Limits.Money);
                CheckSignature($"{path}.signature", transfer.Signature);
                break;
            case HashLock hashLock:
                Range($"{path}.account", hashLock.Account, 0, Limits.AccountIndex);
                CheckLock($"{path}.lock", hashLock.Lock, Limits.AccountIndex);
                CheckSignature($"{path}.signature", hashLock.Signature);
                break;
            case Unlock unlock:
                Range($"{path}.account", unlock.Account, 0, Limits.AccountIndex);
                Range($"{path}.receiver", unlock.Receiver, 0, Limits.AccountIndex);
                Range($"{path}.secret", unlock.Secret ?? 0, 0, Limits.Bytes32 - 1);
                break;
            case Liquidation liquidation:
                Range($"{path}.market", liquidation.Market, 1, shape.Markets);
                Range($"{path}.base", liquidation.Base, 1, Limits.Size);
                Range($"{path}.quote", liquidation.Quote, 0, Limits.Quote);
                Range($"{path}.account", liquidation.Account, 0, Limits.AccountIndex);
                Range($"{path}.fee", liquidation.Fee, 0, Limits.Money);
                CheckSide($"{path}.taker", liquidation.Taker);
                break;
            case Sweep sweep:
                Range($"{path}.amount", sweep.Amount, 1, Limits.Money);
                break;
            case TakeOver takeOver:
                CheckLoss($"{path}.loss", takeOver.Loss, shape);
                break;
            case Deleverage deleverage:
                CheckLoss($"{path}.loss", deleverage.Loss, shape);
                Range($"{path}.against", deleverage.Against, 0, Limits.AccountIndex);
                break;
            case ForcedClose close:
                // The contract lets any number of a market in, and what it lets in is answered.
                Range($"{path}.market", close.Market, 1, Limits.Markets);
                Range($"{path}.base", close.Base, 1, Limits.Size);
                Range($"{path}.account", close.Account, 0, Limits.AccountIndex);
                CheckSignature($"{path}.signature", close.Signature);
                break;
            case Trade trade:
                Range($"{path}.market", trade.Market, 1, shape.Markets);
                Range($"{path}.base", trade.Base, 1, Limits.Size);
                Range($"{path}.quote", trade.Quote, 0, Limits.Quote);
                CheckSide($"{path}.buyer", trade.Buyer);
                CheckSide($"{path}.seller", trade.Seller);
                break;
            case Withdrawal withdrawal:
                Range($"{path}.account", withdrawal.Account, 0, Limits.AccountIndex);
                Range($"{path}.amount", withdrawal.Amount, 1, Limits.Money);
                Range($"{path}.recipient", withdrawal.Recipient, 0, Limits.Recipient - 1);
                Range($"{path}.chain", withdrawal.Chain, 0, Limits.Chains - 1);
                CheckSignature($"{path}.signature", withdrawal.Signature);
                break;
            case ForcedExit exit:
                Range($"{path}.account", exit.Account, 0, Limits.AccountIndex);
                Range($"{path}.amount", exit.Amount, 1, Limits.Money);
                Range($"{path}.recipient", exit.Recipient, 0, Limits.Recipient - 1);
                CheckSignature($"{path}.signature", exit.Signature);
                break;
        }
    }

    private void CheckLock(string path, LockedTransfer locked, long lastAccount)
    {
        Present(path, locked);
        Range($"{path}.receiver", locked.Receiver, 0, lastAccount);
        Range($"{path}.amount", locked.Amount, 1, Limits.Money);
        Range($"{path}.deadline", locked.Deadline, 0, Limits.Time - 1);
        Range($"{path}.hash", locked.Hash, 0, Limits.Bytes32 - 1);
    }

    private void CheckLoss(string path, Loss loss, BatchShape shape)
    {
        Present(path, loss);
        Range($"{path}.market", loss.Market, 1, shape.Markets);
        Range($"{path}.base", loss.Base, 1, Limits.Size);
        Range($"{path}.paid", loss.Paid, -Limits.Quote, Limits.Quote);
        Range($"{path}.account", loss.Account, 0, Limits.AccountIndex);
    }

    private void CheckSide(string path, OrderSide side)
    {
        Range($"{path}.account", side.Account, 0, Limits.AccountIndex);
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
}
