namespace Prover.Constraints;

/// <summary>
/// A rank-1 constraint system over Fr: row i demands ⟨Aᵢ,w⟩·⟨Bᵢ,w⟩ = ⟨Cᵢ,w⟩ of the assignment w.
/// </summary>
/// <remarks>
/// Wires are laid out as in iden3's .r1cs: the constant one, public outputs, public inputs, private inputs, all others.
/// </remarks>
/// <param name="WireCount">Length of an assignment, the constant one included.</param>
/// <param name="PublicOutputCount">Number of public outputs, from wire 1 on.</param>
/// <param name="PublicInputCount">Number of public inputs, after the outputs.</param>
/// <param name="PrivateInputCount">Number of private inputs, after the public ones.</param>
/// <param name="A">Left factors.</param>
/// <param name="B">Right factors.</param>
/// <param name="C">Products.</param>
public sealed record R1cs(
    int WireCount,
    int PublicOutputCount,
    int PublicInputCount,
    int PrivateInputCount,
    SparseMatrix A,
    SparseMatrix B,
    SparseMatrix C)
{
    /// <summary>Number of rows.</summary>
    public int ConstraintCount => A.RowCount;

    /// <summary>Number of wires a verifier sees, the constant one not counted.</summary>
    public int PublicCount => PublicOutputCount + PublicInputCount;

    /// <summary>The first row that the assignment violates, or null if it satisfies the system.</summary>
    /// <exception cref="ArgumentException">The assignment has the wrong length or does not start with 1.</exception>
    public Violation? FindViolation(ReadOnlySpan<Fr> assignment)
    {
        if (assignment.Length != WireCount)
        {
            throw new ArgumentException($"The system has {WireCount:N0} wires, the assignment {assignment.Length:N0}.", nameof(assignment));
        }

        if (!assignment[0].IsOne)
        {
            throw new ArgumentException($"Wire 0 must carry 1, it carries {assignment[0]}.", nameof(assignment));
        }

        for (var row = 0; row < ConstraintCount; row++)
        {
            var a = A.Evaluate(row, assignment);
            var b = B.Evaluate(row, assignment);
            var c = C.Evaluate(row, assignment);
            if (a * b != c)
            {
                return new Violation(new ConstraintId(row), a, b, c);
            }
        }

        return null;
    }
}

/// <summary>A row that an assignment does not satisfy, with the three values it evaluated to.</summary>
/// <param name="Row">Which constraint.</param>
/// <param name="A">⟨Aᵢ,w⟩.</param>
/// <param name="B">⟨Bᵢ,w⟩.</param>
/// <param name="C">⟨Cᵢ,w⟩, different from A·B.</param>
public sealed record Violation(ConstraintId Row, Fr A, Fr B, Fr C)
{
    public override string ToString() => $"{Row}: {A} · {B} ≠ {C}";
}
