using System.Collections.Immutable;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What a deployment fixes.</summary>
/// <param name="Domain">Names the deployment in everything that is signed.</param>
/// <param name="MaxPriceAge">Seconds after which prices are stale, at most <see cref="Limits.PriceAge"/>.</param>
/// <param name="MaxPriceMove">Greatest move of a price in the time for which prices may serve, in parts per million; in a shorter or longer time less or more in proportion.</param>
/// <param name="FundingInterval">Seconds after which funding is due, from 1 to <see cref="Limits.PriceAge"/>.</param>
/// <param name="MaxFunding">Greatest funding in an interval, in parts per million of the price.</param>
/// <param name="Signers">The oracle's keys.</param>
/// <param name="Governance">The key that lists markets and changes their margins.</param>
public sealed record Configuration(
    Fr Domain,
    uint MaxPriceAge,
    int MaxPriceMove,
    uint FundingInterval,
    int MaxFunding,
    ImmutableArray<EdwardsPoint> Signers,
    EdwardsPoint Governance);
