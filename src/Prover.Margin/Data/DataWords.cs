using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What a batch publishes, in the order of circuits/rollup/data.circuit: header, deposits, forced closes, forced exits, withdrawals, what exits are paid, updates of markets, tick, changes of keys, cancels, transfers, locks, unlocks, liquidations, sweeps, take-overs, least rank, deleveragings, trades.</summary>
public sealed class DataWords
{
    private readonly BatchShape _shape;
    private readonly Fr[] _words;

    /// <summary>The words of a batch in which no lane is used.</summary>
    public DataWords(BatchShape shape, long number, long now, Fr configurationHash)
    {
        _shape = shape;
        _words = new Fr[shape.WordCount];
        _words[0] = Fr.FromInteger(number);
        _words[1] = Fr.FromInteger(now);
        _words[2] = configurationHash;
    }

    /// <summary>All words.</summary>
    public IReadOnlyList<Fr> Words => _words;

    /// <summary>How many are paid something: withdrawals, and forced exits that come to something.</summary>
    public int Payments => _words.AsSpan(FirstWithdrawal, _shape.Payments).Length - _words.AsSpan(FirstWithdrawal, _shape.Payments).Count(Fr.Zero);

    private int FirstClose => BatchShape.HeaderWords + (BatchShape.DepositWords * _shape.Deposits);

    private int FirstExit => FirstClose + (BatchShape.RequestWords * _shape.Closes);

    private int FirstWithdrawal => FirstExit + (BatchShape.RequestWords * _shape.Exits);

    private int FirstUpdate => FirstWithdrawal + _shape.Payments;

    private int Tick => FirstUpdate + (BatchShape.UpdateWords * _shape.Updates);

    private int FirstKeyChange => Tick + _shape.TickWords;

    private int FirstCancel => FirstKeyChange + (BatchShape.KeyChangeWords * _shape.Keys);

    private int FirstTransfer => FirstCancel + _shape.Cancels;

    private int FirstLock => FirstTransfer + _shape.Transfers;

    private int FirstUnlock => FirstLock + (BatchShape.LockWords * _shape.Locks);

    private int FirstLiquidation => FirstUnlock + (BatchShape.LockWords * _shape.Unlocks);

    private int FirstSweep => FirstLiquidation + (BatchShape.LiquidationWords * _shape.Liquidations);

    private int FirstTakeOver => FirstSweep + _shape.Sweeps;

    private int LeastRank => FirstTakeOver + _shape.TakeOvers;

    private int FirstTrade => LeastRank + 1 + _shape.Deleverages;

    internal void SetDeposit(int lane, Deposit deposit)
    {
        var first = BatchShape.HeaderWords + (BatchShape.DepositWords * lane);
        _words[first] = Fr.FromInteger(deposit.Amount + ((BigInteger)deposit.Account << 64));
        _words[first + 1] = deposit.Key.X;
        _words[first + 2] = deposit.Key.Y;
    }

    internal void SetClose(int lane, ForcedClose close) => SetRequest(
        FirstClose + (BatchShape.RequestWords * lane), Fr.FromInteger(close.Account + ((BigInteger)close.Market << 24) + ((BigInteger)close.Base << 32)), close.Signature);

    internal void SetExit(int lane, ForcedExit exit, long paid)
    {
        SetRequest(FirstExit + (BatchShape.RequestWords * lane), Fr.FromInteger(exit.Recipient + ((BigInteger)exit.Amount << 160) + ((BigInteger)exit.Account << 224)), exit.Signature);
        _words[FirstWithdrawal + _shape.Withdrawals + lane] = paid == 0 ? Fr.Zero : Payment(exit.Recipient, paid, exit.Account);
    }

    internal void SetWithdrawal(int lane, Withdrawal withdrawal) =>
        _words[FirstWithdrawal + lane] = Payment(withdrawal.Destination, withdrawal.Amount, withdrawal.Account);

    internal void SetUpdate(int lane, MarketUpdate update)
    {
        var first = FirstUpdate + (BatchShape.UpdateWords * lane);
        _words[first] = Fr.FromInteger(update.Market);
        foreach (var (i, word) in StateHash.Parameters(Market.None.After(update)).Index())
        {
            _words[first + 1 + i] = word;
        }
    }

    internal void SetTick(long time, IReadOnlyList<Quoted> quoted, IEnumerable<ImmutableArray<long>> shocks)
    {
        _words[Tick] = Fr.FromInteger(time);
        for (var i = 0; i < quoted.Count; i++)
        {
            _words[Tick + 1 + i] = Messages.Word(quoted[i]);
        }

        foreach (var (i, word) in shocks.SelectMany(StateHash.ShockWords).Index())
        {
            _words[Tick + 1 + quoted.Count + i] = word;
        }
    }

    internal void SetKeyChange(int lane, KeyChange change)
    {
        var first = FirstKeyChange + (BatchShape.KeyChangeWords * lane);
        _words[first] = Fr.FromInteger(change.Account + ((1L + (change.Portfolio ? 2 : 0) + (change.Isolated ? 4 : 0)) << 24));
        _words[first + 1] = change.Owner.X;
        _words[first + 2] = change.Owner.Y;
        _words[first + 3] = change.Session;
    }

    internal void SetCancel(int lane, Cancel cancel) =>
        _words[FirstCancel + lane] = Fr.FromInteger(cancel.Account + (1L << 24) + ((BigInteger)cancel.Id << 32));

    internal void SetTransfer(int lane, Transfer transfer) =>
        _words[FirstTransfer + lane] = Fr.FromInteger(transfer.Sender + ((BigInteger)transfer.Receiver << 24) + ((BigInteger)transfer.Amount << 48));

    internal void SetLock(int lane, HashLock transaction)
    {
        var (first, locked) = (FirstLock + (BatchShape.LockWords * lane), transaction.Lock);
        _words[first] = Fr.FromInteger(
            transaction.Account + ((BigInteger)locked.Receiver << 24) + ((BigInteger)transaction.Id << 48) + ((BigInteger)locked.Amount << 80));
        _words[first + 1] = Fr.FromInteger(locked.Deadline + (LockedTransfer.High(locked.Hash) << 40));
        _words[first + 2] = Fr.FromInteger(LockedTransfer.Low(locked.Hash));
    }

    internal void SetUnlock(int lane, Unlock unlock)
    {
        var (first, secret) = (FirstUnlock + (BatchShape.LockWords * lane), unlock.Secret ?? BigInteger.Zero);
        _words[first] = Fr.FromInteger(unlock.Account + ((BigInteger)(unlock.IsClaim ? 3 : 1) << 24) + ((BigInteger)unlock.Id << 32));
        _words[first + 1] = Fr.FromInteger(LockedTransfer.High(secret));
        _words[first + 2] = Fr.FromInteger(LockedTransfer.Low(secret));
    }

    internal void SetLiquidation(int lane, Liquidation liquidation)
    {
        var (first, taker) = (FirstLiquidation + (BatchShape.LiquidationWords * lane), liquidation.Taker);
        _words[first] = Fr.FromInteger(
            liquidation.Account + ((BigInteger)taker.Account << 24) + ((BigInteger)liquidation.Market << 48) + ((BigInteger)liquidation.Base << 56)
            + ((BigInteger)liquidation.Quote << 112) + ((liquidation.Sells ? BigInteger.One : 0) << 176));
        _words[first + 1] = Fr.FromInteger(liquidation.Fee + ((BigInteger)taker.Fee << 64) + ((BigInteger)taker.Id << 128));
    }

    internal void SetSweep(int lane, Sweep sweep) => _words[FirstSweep + lane] = Fr.FromInteger(sweep.Amount);

    internal void SetTakeOver(int lane, TakeOver takeOver) => _words[FirstTakeOver + lane] = Fr.FromInteger(takeOver.Loss.Word(against: 0));

    internal void SetLeastRank(uint rank) => _words[LeastRank] = Fr.FromInteger(rank);

    internal void SetDeleverage(int lane, Deleverage deleverage) => _words[LeastRank + 1 + lane] = Fr.FromInteger(deleverage.Loss.Word(deleverage.Against));

    internal void SetTrade(int lane, Trade trade)
    {
        var first = FirstTrade + (BatchShape.TradeWords * lane);
        _words[first] = Fr.FromInteger(
            trade.Buyer.Account + ((BigInteger)trade.Seller.Account << 24) + ((BigInteger)trade.Market << 48) + ((BigInteger)trade.Base << 56) + ((BigInteger)trade.Quote << 112));
        _words[first + 1] = Fr.FromInteger(
            trade.Buyer.Fee + ((BigInteger)trade.Seller.Fee << 64) + ((BigInteger)trade.Buyer.Id << 128) + ((BigInteger)trade.Seller.Id << 160));
    }

    private void SetRequest(int first, Fr request, EddsaSignature signature)
    {
        _words[first] = request;
        _words[first + 1] = signature.R.X;
        _words[first + 2] = signature.R.Y;
        _words[first + 3] = Fr.FromInteger(signature.S);
    }

    private static Fr Payment(BigInteger recipient, long amount, long account) => Fr.FromInteger(recipient + ((BigInteger)amount << 164) + ((BigInteger)account << 228));

    /// <summary>c: the Poseidon chain over blocks of fifteen words.</summary>
    public Fr Digest() => Poseidon.Chain(_words);

    /// <summary>y = Σ wordsᵢ·zⁱ.</summary>
    public Fr Evaluate(Fr challenge)
    {
        var sum = Fr.Zero;
        for (var i = _words.Length - 1; i >= 0; i--)
        {
            sum = (sum * challenge) + _words[i];
        }

        return sum;
    }
}
