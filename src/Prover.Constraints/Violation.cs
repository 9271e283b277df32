namespace Prover.Constraints;

/// <summary>A row that an assignment does not satisfy, with the three values it evaluated to.</summary>
/// <param name="Row">Which constraint.</param>
/// <param name="A">⟨Aᵢ,w⟩.</param>
/// <param name="B">⟨Bᵢ,w⟩.</param>
/// <param name="C">⟨Cᵢ,w⟩, different from A·B.</param>
public sealed record Violation(ConstraintId Row, Fr A, Fr B, Fr C)
{
    public override string ToString() => $"{Row}: {A} · {B} ≠ {C}";
}
