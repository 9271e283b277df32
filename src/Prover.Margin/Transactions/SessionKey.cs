using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>A key that may sign orders, and cancel them, in the owner's place for some time.</summary>
/// <param name="Key">The key.</param>
/// <param name="Until">The last second in which it may.</param>
public sealed record SessionKey(EdwardsPoint Key, long Until)
{
    /// <summary>What an account that names it holds.</summary>
    [JsonIgnore]
    public Fr Hash => Poseidon.Hash(Key.X, Key.Y, Fr.FromInteger(Until));
}
