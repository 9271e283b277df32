using System.Collections.Immutable;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What a deployment fixes.</summary>
/// <param name="Domain">Names the deployment in everything that is signed.</param>
/// <param name="MaxPriceAge">Seconds after which prices are stale, at most <see cref="Limits.PriceAge"/>.</param>
/// <param name="MaxPriceMove">Greatest move of a price in one tick, in parts per million.</param>
/// <param name="InitialFraction">For each market the initial margin fraction, in parts per million, from 1 to 1,000,000.</param>
/// <param name="Signers">The oracle's keys.</param>
public sealed record Configuration(
    Fr Domain, uint MaxPriceAge, int MaxPriceMove, ImmutableArray<int> InitialFraction, ImmutableArray<EdwardsPoint> Signers);
