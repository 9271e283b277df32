using System.Globalization;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>The sizes that a batch circuit is compiled for; each shape has its own key.</summary>
/// <param name="Depth">Levels of the four-ary account tree, 1 to 12: 4^depth accounts.</param>
/// <param name="Slots">Positions that an account may have, 1 to 16.</param>
/// <param name="Markets">Markets, 1 to 255.</param>
/// <param name="Orders">Levels of an account's four-ary order tree, 1 to 8.</param>
/// <param name="Deposits">Deposit lanes.</param>
/// <param name="Trades">Trade lanes.</param>
/// <param name="Withdrawals">Withdrawal lanes.</param>
public sealed record BatchShape(int Depth, int Slots, int Markets, int Orders, int Deposits, int Trades, int Withdrawals)
{
    /// <summary>Scenarios of portfolio margin, 0 to 16; without any, no account can choose it.</summary>
    public int Scenarios { get; init; }

    /// <summary>Lanes of updates of markets.</summary>
    public int Updates { get; init; }

    /// <summary>Lanes of changes of keys.</summary>
    public int Keys { get; init; }

    /// <summary>Lanes of cancels.</summary>
    public int Cancels { get; init; }

    /// <summary>Lanes of transfers.</summary>
    public int Transfers { get; init; }

    /// <summary>Lanes of locks of money.</summary>
    public int Locks { get; init; }

    /// <summary>Lanes of claims and refunds of locked money.</summary>
    public int Unlocks { get; init; }

    /// <summary>Lanes of liquidations.</summary>
    public int Liquidations { get; init; }

    /// <summary>Lanes of sweeps.</summary>
    public int Sweeps { get; init; }

    /// <summary>Lanes of take-overs.</summary>
    public int TakeOvers { get; init; }

    /// <summary>Lanes of deleveragings.</summary>
    public int Deleverages { get; init; }

    /// <summary>Lanes of forced closes.</summary>
    public int Closes { get; init; }

    /// <summary>Lanes of forced exits.</summary>
    public int Exits { get; init; }

    /// <summary>Words of the header: batch number, time, configuration hash.</summary>
    public const int HeaderWords = 3;

    /// <summary>Words of one deposit.</summary>
    public const int DepositWords = 3;

    /// <summary>Words of one request that the contract puts into a batch: what is asked for, and its signature.</summary>
    public const int RequestWords = 4;

    /// <summary>Words of one update of a market.</summary>
    public const int UpdateWords = 2 + Limits.Raises;

    /// <summary>Words of one change of keys.</summary>
    public const int KeyChangeWords = 4;

    /// <summary>Words of one lock, and of one claim or refund.</summary>
    public const int LockWords = 3;

    /// <summary>Words of one liquidation.</summary>
    public const int LiquidationWords = 2;

    /// <summary>The word of the least rank that may be deleveraged.</summary>
    public const int LeastRankWords = 1;

    /// <summary>Words of one trade.</summary>
    public const int TradeWords = 2;

    /// <summary>Shocks of a market that one word holds.</summary>
    public const int ShocksInWord = 3;

    /// <summary>Words of the shocks of one market.</summary>
    [JsonIgnore]
    public int ShockWords => (Scenarios + ShocksInWord - 1) / ShocksInWord;

    /// <summary>Words of the oracle's tick: its time, one for each market, and those of its shocks.</summary>
    [JsonIgnore]
    public int TickWords => 1 + (Markets * (1 + ShockWords));

    /// <summary>Number of data words of every batch of this shape.</summary>
    [JsonIgnore]
    public int WordCount => HeaderWords + (DepositWords * Deposits) + (RequestWords * (Closes + Exits)) + Payments + (UpdateWords * Updates) + OtherWords;

    /// <summary>Number of words that say who is paid what: one for each withdrawal, then one for each forced exit.</summary>
    [JsonIgnore]
    public int Payments => Withdrawals + Exits;

    /// <summary>Number of words behind header, deposits, requests, payments and updates, which mean nothing to the contract.</summary>
    [JsonIgnore]
    public int OtherWords =>
        TickWords + (KeyChangeWords * Keys) + Cancels + Transfers + (LockWords * (Locks + Unlocks)) + (LiquidationWords * Liquidations)
        + Sweeps + TakeOvers + LeastRankWords + Deleverages + (TradeWords * Trades);

    /// <summary>The circuit's rule for this shape: "batch&lt;10, 4, 4, 0, 4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0&gt;".</summary>
    [JsonIgnore]
    public string RuleName => string.Create(
        CultureInfo.InvariantCulture,
        $"batch<{Depth}, {Slots}, {Markets}, {Scenarios}, {Orders}, {Updates}, {Deposits}, {Keys}, {Cancels}, {Transfers}, {Locks}, {Unlocks}, {Liquidations}, {Sweeps}, "
        + $"{TakeOvers}, {Deleverages}, {Closes}, {Trades}, {Withdrawals}, {Exits}>");
}
