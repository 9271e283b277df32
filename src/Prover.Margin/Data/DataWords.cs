using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What a batch publishes, in the order of circuits/rollup/data.circuit: header, deposits, withdrawals, tick, trades.</summary>
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

    private int FirstWithdrawal => BatchShape.HeaderWords + (BatchShape.DepositWords * _shape.Deposits);

    private int Tick => FirstWithdrawal + _shape.Withdrawals;

    internal void SetDeposit(int lane, Deposit deposit)
    {
        var first = BatchShape.HeaderWords + (BatchShape.DepositWords * lane);
        _words[first] = Fr.FromInteger(deposit.Amount + ((BigInteger)deposit.Account << 64));
        _words[first + 1] = deposit.Key.X;
        _words[first + 2] = deposit.Key.Y;
    }

    internal void SetWithdrawal(int lane, Withdrawal withdrawal) =>
        _words[FirstWithdrawal + lane] = Fr.FromInteger(withdrawal.Recipient + ((BigInteger)withdrawal.Amount << 160) + ((BigInteger)withdrawal.Account << 224));

    internal void SetTick(long time, IReadOnlyList<Quoted> quoted)
    {
        _words[Tick] = Fr.FromInteger(time);
        for (var i = 0; i < quoted.Count; i++)
        {
            _words[Tick + 1 + i] = Messages.Word(quoted[i]);
        }
    }

    internal void SetTrade(int lane, Trade trade)
    {
        var first = Tick + _shape.TickWords + (BatchShape.TradeWords * lane);
        _words[first] = Fr.FromInteger(
            trade.Buyer.Account + ((BigInteger)trade.Seller.Account << 24) + ((BigInteger)trade.Market << 48) + ((BigInteger)trade.Base << 56) + ((BigInteger)trade.Quote << 112));
        _words[first + 1] = Fr.FromInteger(
            trade.Buyer.Fee + ((BigInteger)trade.Seller.Fee << 64) + ((BigInteger)trade.Buyer.Id << 128) + ((BigInteger)trade.Seller.Id << 160));
    }

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
