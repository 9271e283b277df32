using System.Numerics;

namespace Prover.Witness;

/// <summary>One scalar input of a circuit.</summary>
/// <param name="Name">Its path, such as "account.positions[3].size".</param>
/// <param name="IsPublic">Whether the verifier sees it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Scale">Decimals of a dec(s), otherwise 0.</param>
/// <param name="Low">Least value in raw units; 0 for a field element.</param>
/// <param name="High">Greatest value in raw units; r − 1 for a field element.</param>
/// <param name="Origin">Where its value comes from.</param>
public sealed record CircuitInput(
    string Name, bool IsPublic, ValueKind Kind, int Scale, BigInteger Low, BigInteger High, InputOrigin Origin = InputOrigin.Given);
