using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>How much margin a notional takes, each in parts per million of it.</summary>
/// <param name="Initial">To open a position.</param>
/// <param name="Maintenance">To keep it.</param>
/// <param name="CloseOut">Below that the insurance fund takes it over.</param>
public sealed record Margins(int Initial, int Maintenance, int CloseOut)
{
    /// <summary>Nothing.</summary>
    public static Margins None { get; } = new(0, 0, 0);
}

/// <summary>A step of a market's tiers: what part of a notional lies above a bound takes so much more margin.</summary>
/// <param name="From">The bound, in 10⁻⁶ USD with 32 fractional bits, below 2⁹⁶.</param>
/// <param name="By">By how much the fractions rise.</param>
public sealed record Raise(BigInteger From, Margins By)
{
    /// <summary>A step that changes nothing.</summary>
    public static Raise None { get; } = new(BigInteger.Zero, Margins.None);
}

/// <summary>A market.</summary>
/// <param name="Price">10⁻⁶ USD per unit of size in 32.32 fixed point; 0 before the first tick.</param>
/// <param name="Funding">What a unit that was long from the beginning has paid, in the same unit.</param>
/// <param name="OpenInterest">The sum of all long positions, which is that of all short ones.</param>
/// <param name="Base">The margin of its first tier; none in a market that is not listed.</param>
/// <param name="Raises">The tiers above, <see cref="Limits.Raises"/> of them.</param>
public sealed record Market(ulong Price, long Funding, long OpenInterest, Margins Base, ImmutableArray<Raise> Raises)
{
    /// <summary>By how much its price would change in each of some scenarios, in the unit of the price; none in shapes without scenarios.</summary>
    public ImmutableArray<long> Shocks { get; init; } = [];

    /// <summary>
    /// How far its price and its shocks may move beyond a part of the price, in the time for which prices may serve and in the unit of the price: an option's price says
    /// little about how far it moves.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Leeway { get; init; }

    /// <summary>Whether only accounts with portfolio margin may hold it, as tiers know nothing of what an option may come to cost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PortfolioOnly { get; init; }

    /// <summary>A market that is not listed.</summary>
    public static Market None { get; } = new(0, 0, 0, Margins.None, [.. Enumerable.Repeat(Raise.None, Limits.Raises)]);

    /// <summary>Whether it asks for margin.</summary>
    [JsonIgnore]
    public bool IsListed => Base.Initial != 0;

    /// <summary>Whether it may be traded: without a price it would ask for no margin.</summary>
    [JsonIgnore]
    public bool IsTraded => IsListed && Price != 0;

    /// <summary>The market after an update. What is not listed forgets its price, so that it is not traded at that when it is listed again.</summary>
    public Market After(MarketUpdate update)
    {
        var after = this with { Base = update.Base, Raises = update.Raises, Leeway = update.Leeway, PortfolioOnly = update.PortfolioOnly };
        return after.IsListed ? after : after with { Price = 0, Shocks = [.. new long[Shocks.Length]] };
    }
}

/// <summary>All markets, numbered from 1.</summary>
/// <param name="PriceTime">When the prices were signed, in seconds since 1970; 0 before the first tick.</param>
/// <param name="FundingTime">When funding was last charged.</param>
/// <param name="List">Market 1, market 2, …</param>
public sealed record Markets(long PriceTime, long FundingTime, ImmutableArray<Market> List)
{
    /// <summary>How often the governance has changed their margins.</summary>
    public uint Updates { get; init; }

    /// <summary>How many there are.</summary>
    [JsonIgnore]
    public int Count => List.Length;

    /// <summary>A market by its number; one that is not listed for a number that none has.</summary>
    public Market this[int number] => number >= 1 && number <= List.Length ? List[number - 1] : Market.None;

    /// <summary>These markets, another one in the place of one of them.</summary>
    public Markets With(int number, Market market) => this with { List = List.SetItem(number - 1, market) };

    /// <summary>These markets with so many scenarios, in which nothing changes before a tick says more.</summary>
    public Markets WithScenarios(int count) => this with { List = [.. List.Select(market => market with { Shocks = [.. new long[count]] })] };

    /// <summary>Markets that nobody has traded, without prices.</summary>
    /// <param name="count">How many numbers the circuit has.</param>
    /// <param name="listed">The margins of the first of them; the others are not listed.</param>
    public static Markets Unpriced(int count, params ImmutableArray<Market> listed) =>
        new(0, 0, [.. Enumerable.Range(0, count).Select(i => i < listed.Length ? listed[i] : Market.None)]);
}
