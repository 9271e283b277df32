using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Bench;

/// <summary>The margin rollup's batch circuit with every lane in use: signatures, account trees and risk rules, so a mixture of bits, small and full-size numbers.</summary>
public static class MarginBatch
{
    /// <summary>Least log₂ of a domain: a tick and one trade fit.</summary>
    public const int SmallestLogSize = 17;

    /// <summary>Rows of <see cref="Full"/> for each trade, for each 15 data words or part of them, which are hashed together, and all others.</summary>
    private const int RowsOfTrade = 47_576;
    private const int RowsOfWords = 564;
    private const int RowsOfRest = 88_431;

    private const int WordsHashedTogether = 15;

    /// <summary>The constant and the five public wires have a row each in the domain.</summary>
    private const int PublicRows = 6;

    private const long Time = 1_764_000_000;

    /// <summary>The shape that fills a domain best: <see cref="Full"/> with as many trades as fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logSize"/> is below 17.</exception>
    public static BatchShape ShapeFor(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logSize, SmallestLogSize);

        // No full shape fits 2¹⁷. Without the withdrawal, with one more deposit, there are 127,961 rows.
        if (logSize == SmallestLogSize)
            return Full(1) with { Deposits = 5, Withdrawals = 0 };

        var room = (1 << logSize) - PublicRows;
        var trades = (room - RowsOfRest) / RowsOfTrade;
        while (RowsOf(trades) > room)
            trades--;
        return Full(trades);
    }

    /// <summary>Rows of the circuit of <see cref="Full"/>.</summary>
    /// <param name="trades">At least 1.</param>
    public static int RowsOf(int trades) =>
        RowsOfRest + (RowsOfTrade * trades) + (RowsOfWords * ((Full(trades).WordCount + WordsHashedTogether - 1) / WordsHashedTogether));

    /// <summary>A batch's circuit and witness.</summary>
    /// <exception cref="DirectoryNotFoundException">The rules' sources are not there.</exception>
    public static Profile Build(int logSize, CacheFolder cache)
    {
        var shape = ShapeFor(logSize);
        var result = BatchExecutor.Execute(TradingBatch.Compose(new Exchange("benchmark"), shape, Time));
        if (result.Verdicts.FirstOrDefault(verdict => verdict.Rejection is not null) is { } refused)
            throw new InvalidOperationException($"The benchmark's own batch has a transaction that is refused: {refused.Rejection}");

        var circuit = BatchCircuit.Compile(CircuitsFolder.Find(), shape, cache, out _);
        return new Profile("margin", circuit.R1cs, Solve(), Solve);

        Fr[] Solve() => BatchCircuit.Solve(circuit, result);
    }

    /// <summary>2²⁰ accounts with eight positions and 256 order slots each, eight markets, four deposits, a withdrawal, and trades.</summary>
    private static BatchShape Full(int trades) => new(Depth: 10, Slots: 8, Markets: 8, Orders: 4, Deposits: 4, trades, Withdrawals: 1);
}
