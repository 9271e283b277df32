using System.Numerics;

namespace Prover.Primitives;

/// <summary>An EdDSA signature.</summary>
/// <param name="R">The commitment R.</param>
/// <param name="S">The response, below the subgroup's order in a valid signature.</param>
public readonly record struct EddsaSignature(EdwardsPoint R, BigInteger S);
