using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The governance's key lists a market, changes its margins, or takes it off the list when nothing is open in it.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Base">The margin of its first tier; none takes it off the list.</param>
/// <param name="Raises">The tiers above, <see cref="Limits.Raises"/> of them.</param>
/// <param name="Signature">Over all of this, and how many updates there were before.</param>
public sealed record MarketUpdate(int Market, Margins Base, ImmutableArray<Raise> Raises, EddsaSignature Signature) : Transaction
{
    /// <inheritdoc cref="Market.Leeway"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Leeway { get; init; }

    /// <inheritdoc cref="Market.PortfolioOnly"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PortfolioOnly { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Update;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [];

    /// <inheritdoc/>
    public override string Describe() => Base == Margins.None
        ? $"market {Market} is taken off the list"
        : $"market {Market} asks for {Base.Initial} ppm initial, {Base.Maintenance} ppm maintenance and {Base.CloseOut} ppm close-out margin" + (Leeway == 0 ? "" : $", with a leeway of {Numbers.Price(Leeway)}") + (PortfolioOnly ? ", of portfolio margin only" : "");
}
