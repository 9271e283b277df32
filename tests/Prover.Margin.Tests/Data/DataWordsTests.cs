using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin.Tests;

/// <summary>A reader who knows only the words gets back every number: the packing of circuits/README.md loses nothing.</summary>
public class DataWordsTests
{
    private static readonly BatchShape Shape = new(Depth: 12, Slots: 8, Markets: 3, Orders: 8, Deposits: 2, Trades: 2, Withdrawals: 2)
    {
        Updates = 1, Keys = 1, Cancels = 2, Transfers = 2, Liquidations = 2, Sweeps = 1, TakeOvers = 2, Deleverages = 2,
    };

    [Fact]
    public void Trades_are_read_back() =>
        Trades.Sample(trade =>
        {
            var words = NewWords();
            words.SetTrade(1, trade);
            var (first, second) = (words.Words[40], words.Words[41]);
            var read = new Trade(
                (int)Slice(first, 48, 8),
                Slice(first, 56, 56),
                Slice(first, 112, 64),
                Side(Slice(first, 0, 24), (uint)Slice(second, 128, 32), Slice(second, 0, 64)),
                Side(Slice(first, 24, 24), (uint)Slice(second, 160, 32), Slice(second, 64, 64)));
            return read == trade;
        });

    [Fact]
    public void Withdrawals_are_read_back() =>
        Gen.Select(AccountIndex, Amount, Gen.Int[0, Limits.Chains - 1], Gen.ULong, Gen.ULong, Gen.UInt).Sample((account, amount, chain, low, middle, high) =>
        {
            var recipient = low + ((BigInteger)middle << 64) + ((BigInteger)high << 128);
            var words = NewWords();
            words.SetWithdrawal(1, new(account, amount, recipient, default) { Chain = chain });
            var word = words.Words[10].ToInteger();
            return (word >> 228, (word >> 164) % (BigInteger.One << 64), (word >> 160) % 16, word % (BigInteger.One << 160)) == (account, amount, chain, recipient);
        });

    [Fact]
    public void Deposits_are_read_back() =>
        Gen.Select(AccountIndex, Amount).Sample((account, amount) =>
        {
            var words = NewWords();
            words.SetDeposit(1, new(account, BabyJubjub.Base8, amount));
            return (Slice(words.Words[6], 64, 24), Slice(words.Words[6], 0, 64)) == (account, amount)
                && words.Words[7] == BabyJubjub.Base8.X && words.Words[8] == BabyJubjub.Base8.Y;
        });

    [Fact]
    public void Prices_are_read_back() =>
        Gen.Select(Gen.Long[1, Limits.Time - 1], Quotes.Array[Shape.Markets]).Sample((time, quoted) =>
        {
            var words = NewWords();
            words.SetTick(time, quoted, []);
            var read = words.Words.Skip(17).Take(Shape.Markets).Select(word => word.ToInteger())
                .Select(word => new Quoted((ulong)(word & ulong.MaxValue), (int)(word >> 64) - 1_000_000));
            return words.Words[16].ToInteger() == time && read.SequenceEqual(quoted);
        });

    [Fact]
    public void Shocks_are_read_back() =>
        Gen.Long.Array[4].Array[Shape.Markets].Sample(shocks =>
        {
            var words = new DataWords(Shape with { Scenarios = 4 }, 1, 2, 3);
            words.SetTick(5, [.. Enumerable.Repeat(new Quoted(7, 9), Shape.Markets)], shocks.Select(market => market.ToImmutableArray()));
            var read = words.Words.Skip(17 + Shape.Markets).Take(2 * Shape.Markets).Select(word => word.ToInteger()).Chunk(2)
                .Select(pair => pair[0] + (pair[1] << 192)).Select(word => Enumerable.Range(0, 4).Select(k => (long)(((word >> (64 * k)) & ulong.MaxValue) + long.MinValue)));
            return read.Zip(shocks).All(pair => pair.First.SequenceEqual(pair.Second));
        });

    [Fact]
    public void Changes_of_keys_are_read_back() => Gen.Select(AccountIndex, Gen.Bool, Gen.Bool).Sample((account, portfolio, isolated) =>
    {
        var words = NewWords();
        words.SetKeyChange(0, new(account, BabyJubjub.Base8, 77, default) { Portfolio = portfolio, Isolated = isolated });
        return words.Words[20].ToInteger() == account + (1 << 24) + (portfolio ? 1 << 25 : 0) + (isolated ? 1 << 26 : 0)
            && words.Words.Skip(21).Take(3).SequenceEqual([BabyJubjub.Base8.X, BabyJubjub.Base8.Y, (Fr)77]);
    });

    [Fact]
    public void Cancels_are_read_back() => Gen.Select(AccountIndex, Gen.UInt).Sample((account, id) =>
    {
        var words = NewWords();
        words.SetCancel(1, new(account, id, default));
        return (Slice(words.Words[25], 0, 24), Slice(words.Words[25], 24, 8), (uint)Slice(words.Words[25], 32, 32)) == (account, 1, id);
    });

    [Fact]
    public void Transfers_are_read_back() => Gen.Select(AccountIndex, AccountIndex, Amount).Sample((sender, receiver, amount) =>
    {
        var words = NewWords();
        words.SetTransfer(1, new(sender, receiver, amount, default));
        return (Slice(words.Words[27], 0, 24), Slice(words.Words[27], 24, 24), Slice(words.Words[27], 48, 64)) == (sender, receiver, amount);
    });

    [Fact]
    public void Liquidations_are_read_back() => Gen.Select(Trades, AccountIndex, UpTo(Limits.Money), Gen.Bool).Sample((trade, account, fee, sells) =>
    {
        var words = NewWords();
        var liquidation = new Liquidation(trade.Market, trade.Base, trade.Quote, sells, account, fee, trade.Buyer);
        words.SetLiquidation(1, liquidation);
        var (first, second) = (words.Words[30], words.Words[31]);
        return liquidation == new Liquidation(
            (int)Slice(first, 48, 8),
            Slice(first, 56, 56),
            Slice(first, 112, 64),
            Slice(first, 176, 1) == 1,
            Slice(first, 0, 24),
            Slice(second, 0, 64),
            Side(Slice(first, 24, 24), (uint)Slice(second, 128, 32), Slice(second, 64, 64)));
    });

    [Fact]
    public void Updates_of_markets_are_read_back() => Gen.Select(Gen.Int[1, Limits.Markets], Gen.Int[0, Limits.Million].Array[6], Gen.ULong).Sample((market, parts, from) =>
    {
        var words = NewWords();
        var (margins, by) = (new Margins(parts[0], parts[1], parts[2]), new Margins(parts[3], parts[4], parts[5]));
        words.SetUpdate(0, new(market, margins, Market.None.Raises.SetItem(2, new((BigInteger)from << 32, by)), default));
        return words.Words[11].ToInteger() == market && Fractions(words.Words[12].ToInteger()) == margins
            && words.Words[13].IsZero && words.Words[14].IsZero
            && words.Words[15].ToInteger() % (BigInteger.One << 96) == (BigInteger)from << 32 && Fractions(words.Words[15].ToInteger() >> 96) == by;
    });

    [Fact]
    public void Losses_are_read_back() => Gen.Select(Losses, AccountIndex, Gen.UInt, Amount).Sample((loss, against, rank, swept) =>
    {
        var words = NewWords();
        words.SetSweep(0, new(swept));
        words.SetTakeOver(1, new(loss));
        words.SetLeastRank(rank);
        words.SetDeleverage(1, new(loss, against));
        return words.Words[32].ToInteger() == swept && words.Words[35].ToInteger() == rank
            && LossIn(words.Words[34]) == loss && Slice(words.Words[34], 24, 24) == 0
            && LossIn(words.Words[37]) == loss && Slice(words.Words[37], 24, 24) == against;
    });

    [Fact]
    public void Unused_lanes_are_zeros()
    {
        var words = NewWords().Words;
        Assert.Equal(Shape.WordCount, words.Count);
        Assert.Equal([(Fr)7, (Fr)1000, (Fr)99], words.Take(3));
        Assert.All(words.Skip(3), word => Assert.True(word.IsZero));
    }

    [Fact]
    public void The_evaluation_is_the_sum_of_powers()
    {
        var words = NewWords();
        words.SetDeposit(0, new(5, BabyJubjub.Base8, 77));
        var z = Fr.FromInteger(BigInteger.Pow(3, 150));
        var (sum, power) = (Fr.Zero, Fr.One);
        foreach (var word in words.Words)
        {
            sum += word * power;
            power *= z;
        }

        Assert.Equal(sum, words.Evaluate(z));
    }

    [Fact]
    public void Every_word_and_root_changes_the_challenge()
    {
        var challenges = new HashSet<Fr> { Challenge(NewWords(), 1, 2) };
        Assert.True(challenges.Add(Challenge(NewWords(), 2, 1)));
        Assert.True(challenges.Add(Challenge(NewWords(), 1, 3)));
        for (var lane = 0; lane < 2; lane++)
        {
            var deposit = NewWords();
            deposit.SetDeposit(lane, new(0, default, 1));
            Assert.True(challenges.Add(Challenge(deposit, 1, 2)));
            var withdrawal = NewWords();
            withdrawal.SetWithdrawal(lane, new(0, 1, 0, default));
            Assert.True(challenges.Add(Challenge(withdrawal, 1, 2)));
        }

        Assert.False(challenges.Add(Challenge(NewWords(), 1, 2)));
    }

    private static Gen<long> AccountIndex => Gen.OneOf(Gen.Long[0, (1L << 24) - 1], Gen.Const(0L), Gen.Const((1L << 24) - 1));

    private static Gen<long> Amount => UpTo(Limits.Money, least: 1);

    private static Gen<Quoted> Quotes => Gen.Select(Gen.ULong, Gen.Int[-1_000_000, 1_000_000], (price, rate) => new Quoted(price, rate));

    private static Gen<Trade> Trades =>
        from market in Gen.Int[1, Limits.Markets]
        from size in UpTo(Limits.Size, least: 1)
        from quote in UpTo(Limits.Quote)
        from buyer in Sides
        from seller in Sides
        select new Trade(market, size, quote, buyer, seller);

    private static Gen<Loss> Losses =>
        Gen.Select(Gen.Int[1, Limits.Markets], UpTo(Limits.Size, least: 1), UpTo(Limits.Quote, least: -Limits.Quote), AccountIndex, (market, size, paid, account) => new Loss(market, size, paid, account));

    private static Loss LossIn(Fr word) => new((int)Slice(word, 48, 8), Slice(word, 56, 56), Slice(word, 112, 63) - Limits.Quote, Slice(word, 0, 24));

    private static Margins Fractions(BigInteger word) => new((int)(word & 0xFFFFF), (int)((word >> 20) & 0xFFFFF), (int)(word >> 40));

    private static Gen<OrderSide> Sides => Gen.Select(AccountIndex, Gen.UInt, UpTo(Limits.Money), Side);

    private static Gen<long> UpTo(long bound, long least = 0) => Gen.OneOf(Gen.Long[least, bound], Gen.Const(least), Gen.Const(bound));

    private static OrderSide Side(long account, uint id, long fee) => new(account, 0, 0, 0, id, 0, false, fee, default);

    private static long Slice(Fr word, int offset, int bits) => (long)((word.ToInteger() >> offset) % (BigInteger.One << bits));

    private static Fr Challenge(DataWords words, int oldRoot, int newRoot) => PublicInputs.Derive(words, oldRoot, newRoot).Challenge;

    private static DataWords NewWords() => new(Shape, 7, 1000, 99);
}
