namespace Prover.Witness;

/// <summary>What a number in the field stands for.</summary>
public enum ValueKind : byte
{
    /// <summary>A field element.</summary>
    Field,

    /// <summary>A signed integer, perhaps scaled by a power of ten.</summary>
    Integer,

    /// <summary>0 or 1.</summary>
    Boolean,
}
