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
    private const int BlockSize = 1024;
    private const int ParallelThreshold = 4 * BlockSize;

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

        return ConstraintCount < ParallelThreshold
            ? FindViolation(0, ConstraintCount, assignment)
            : FindViolationInParallel(assignment.ToArray());
    }

    private Violation? FindViolationInParallel(Fr[] assignment)
    {
        var blocks = (ConstraintCount + BlockSize - 1) / BlockSize;
        var found = new Violation?[blocks];
        Parallel.For(0, blocks, (block, state) =>
        {
            var first = block * BlockSize;
            found[block] = FindViolation(first, Math.Min(first + BlockSize, ConstraintCount), assignment);
            if (found[block] is not null)
            {
                // Blocks below this one still run, so the least violated row is found whatever the schedule.
                state.Break();
            }
        });
        return found.FirstOrDefault(violation => violation is not null);
    }

    private Violation? FindViolation(int first, int end, ReadOnlySpan<Fr> assignment)
    {
        for (var row = first; row < end; row++)
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
