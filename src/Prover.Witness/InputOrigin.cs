namespace Prover.Witness;

/// <summary>Where an input's value comes from.</summary>
public enum InputOrigin : byte
{
    /// <summary>Whoever proves gives it.</summary>
    Given,

    /// <summary>Whoever proves gives it; the verifier sees it as a part of the digest only.</summary>
    Hashed,

    /// <summary>It is the hash of all that are <see cref="Hashed"/>.</summary>
    Digest,
}
