namespace Prover.Margin;

/// <summary>
/// The shapes that a deployment's contract registers beside each other, each with a circuit and a key of its own: one for quiet markets, one for a crash, one for
/// all that happens seldom. All are of 2²⁰ accounts with eight positions, eight markets, and at most 2²⁰ rows. Shapes with eight scenarios, in which accounts may
/// choose portfolio margin, have somewhat fewer lanes; a contract has these or the others, for their states are not the same.
/// </summary>
public static class BatchShapes
{
    private static readonly BatchShape Sizes = new(Depth: 10, Slots: 8, Markets: 8, Orders: 4, Deposits: 0, Trades: 0, Withdrawals: 0);

    /// <summary>Trades, and what comes in and goes out meanwhile.</summary>
    public static BatchShape Trades { get; } = Sizes with { Deposits = 2, Trades = 20, Withdrawals = 1 };

    /// <summary>Liquidations, take-overs and deleveragings, with what fees there are for the insurance fund.</summary>
    public static BatchShape Liquidations { get; } = Sizes with { Liquidations = 8, Sweeps = 1, TakeOvers = 8, Deleverages = 7, Trades = 1 };

    /// <summary>Everything else, forced requests among it.</summary>
    public static BatchShape Housekeeping { get; } = Sizes with
    {
        Updates = 1, Deposits = 8, Keys = 4, Cancels = 4, Transfers = 4, Locks = 2, Unlocks = 2, Closes = 2, Withdrawals = 8, Exits = 2,
    };

    /// <summary>Those without scenarios by name, in the order of their numbers in the contract's registry.</summary>
    public static IReadOnlyList<(string Name, BatchShape Shape)> Tiers { get; } = [("trades", Trades), ("liquidations", Liquidations), ("housekeeping", Housekeeping)];

    /// <summary>Those with scenarios, in the same order.</summary>
    public static IReadOnlyList<(string Name, BatchShape Shape)> Portfolios { get; } =
    [
        ("portfolio-trades", Trades with { Scenarios = 8, Trades = 17 }),
        ("portfolio-liquidations", Liquidations with { Scenarios = 8, Liquidations = 7, TakeOvers = 6, Deleverages = 6 }),
        ("portfolio-housekeeping", Housekeeping with { Scenarios = 8 }),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Name, BatchShape Shape)> Named { get; } = [.. Tiers, .. Portfolios];
}
