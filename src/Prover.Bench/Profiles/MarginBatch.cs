using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Bench;

/// <summary>The margin rollup's batch circuit with every lane in use: signatures, account trees and risk rules, so a mixture of bits, small and full-size numbers.</summary>
public static class MarginBatch
{
    /// <summary>Least log₂ of a domain: a tick and one trade fit.</summary>
    public const int SmallestLogSize = 16;

    /// <summary>Rows of the shape below without trades, and of each trade, no less than they are.</summary>
    private const int RowsWithoutTrades = 73_236;
    private const int RowsOfTrade = 37_176;

    /// <summary>Rows that a key adds for the constant and the public wires, and the one by which a domain must be larger.</summary>
    private const int OtherRows = 7;

    private const long Time = 1_764_000_000;

    /// <summary>The shape that fills a domain best: 2²⁰ accounts with 256 order slots each, four deposits, a withdrawal, and as many trades as fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logSize"/> is below 16.</exception>
    public static BatchShape ShapeFor(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logSize, SmallestLogSize);
        return logSize == SmallestLogSize
            ? new BatchShape(Depth: 5, Orders: 3, Deposits: 1, Trades: 1, Withdrawals: 0)
            : new BatchShape(Depth: 10, Orders: 4, Deposits: 4, ((1 << logSize) - OtherRows - RowsWithoutTrades) / RowsOfTrade, Withdrawals: 1);
    }

    /// <summary>A batch's circuit and witness.</summary>
    /// <exception cref="DirectoryNotFoundException">The rules' sources are not there.</exception>
    public static Profile Build(int logSize, CacheFolder cache)
    {
        var shape = ShapeFor(logSize);
        var result = BatchExecutor.Execute(TradingBatch.Compose(new Exchange("benchmark"), shape, Time));
        if (result.Verdicts.FirstOrDefault(verdict => verdict.Rejection is not null) is { } refused)
            throw new InvalidOperationException($"The benchmark's own batch has a transaction that is refused: {refused.Rejection}");

        var circuit = BatchCircuit.Compile(CircuitsFolder.Find(), shape, cache, out _);
        return new Profile("margin", circuit.R1cs, BatchCircuit.Solve(circuit, result));
    }
}
