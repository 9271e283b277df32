namespace Prover.Constraints;

/// <summary>The position of a wire in the assignment. Wire 0 is the constant one.</summary>
public readonly record struct WireId(int Index)
{
    /// <summary>The wire that always carries 1.</summary>
    public static WireId One => new(0);

    public override string ToString() => $"w{Index}";
}

/// <summary>The row number of a constraint.</summary>
public readonly record struct ConstraintId(int Index)
{
    public override string ToString() => $"row {Index}";
}
