using System.Numerics;

namespace Prover.Margin;

/// <summary>The ranges of circuits/margin/state.circuit.</summary>
public static class Limits
{
    /// <summary>Most markets of a batch shape: their numbers have 8 bits, and 0 is none.</summary>
    public const int Markets = 255;

    /// <summary>Most scenarios of portfolio margin.</summary>
    public const int Scenarios = 16;

    /// <summary>Most positions of an account.</summary>
    public const int Slots = 16;

    /// <summary>Greatest index of an account that messages and data words can hold.</summary>
    public const long AccountIndex = (1L << 24) - 1;

    /// <summary>Tiers of a market above its first.</summary>
    public const int Raises = 3;

    /// <summary>Registered oracle keys.</summary>
    public const int Signers = 4;

    /// <summary>Reports that a tick needs.</summary>
    public const int Quorum = 3;

    /// <summary>Greatest deposit, withdrawal or fee, in 10⁻⁶ USD.</summary>
    public const long Money = 1L << 60;

    /// <summary>Greatest quote amount of a trade or order.</summary>
    public const long Quote = 1L << 61;

    /// <summary>Greatest magnitude of an account's cash.</summary>
    public const long Cash = 1L << 62;

    /// <summary>Greatest magnitude of cash that a trade may leave.</summary>
    public const long TradedCash = 1L << 61;

    /// <summary>Greatest magnitude of a position, and greatest base amount of an order.</summary>
    public const long Size = (1L << 56) - 1;

    /// <summary>Times are below this, in seconds since 1970.</summary>
    public const long Time = 1L << 40;

    /// <summary>
    /// Greatest age of prices that a configuration may accept, in seconds. Prices of time 0 stand for none; they are older than this at
    /// any time since July 1970, so a state without prices is always stale.
    /// </summary>
    public const long PriceAge = (1L << 24) - 1;

    /// <summary>Fractions and price moves are in parts per million.</summary>
    public const int Million = 1_000_000;

    /// <summary>Ethereum addresses are below this.</summary>
    public static BigInteger Recipient { get; } = BigInteger.One << 160;

    /// <summary>Numbers of chains on which withdrawals are paid are below this.</summary>
    public const int Chains = 16;

    /// <summary>Thirty-two bytes, read as a number, are below this.</summary>
    public static BigInteger Bytes32 { get; } = BigInteger.One << 256;

    /// <summary>Notionals and what the house holds are below this, in 10⁻⁶ USD with 32 fractional bits.</summary>
    public static BigInteger Notional { get; } = BigInteger.One << 96;
}
