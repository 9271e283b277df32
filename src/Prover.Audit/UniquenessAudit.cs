using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Proves, for all inputs at once, that a constraint system determines every wire by its inputs; or finds a counterexample.</summary>
/// <remarks>
/// <para>
/// A system that leaves a wire open lets a prover choose it: an output that is not determined can be forged, an inner wire that is not makes
/// proofs malleable at the least. The audit knows nothing of the program that the rows come from, so it also checks the compiler.
/// </para>
/// <para>
/// A proof is a chain of rules, each of which is proved where it is written. The rules are not complete: a system may be unique and remain
/// unproved. Whether any assignment satisfies the system for given inputs is another question.
/// </para>
/// </remarks>
public static class UniquenessAudit
{
    /// <summary>A few seconds: the search for a counterexample may look at so many terms.</summary>
    public const long DefaultEffort = 100_000_000;

    /// <summary>Audits a system.</summary>
    /// <param name="system">The system; its inputs are the public and private ones.</param>
    /// <param name="witness">A satisfying assignment from which the search for a counterexample may start.</param>
    /// <param name="effort">How many terms the search may look at; 0 leaves the search out.</param>
    /// <exception cref="ArgumentException">The witness does not satisfy the system.</exception>
    public static AuditReport Run(R1cs system, Fr[]? witness = null, long effort = DefaultEffort)
    {
        if (witness is not null && system.FindViolation(witness) is { } violation)
        {
            throw new ArgumentException($"The witness does not satisfy {violation}.", nameof(witness));
        }

        var rows = new RowTable(system);
        var analysis = RangeAnalysis.Run(rows, byCases: false);
        var determination = Determination.Run(rows, analysis, []);
        if (determination.Rules.Contains(Rule.None))
        {
            // Only few systems, with divisors such as |x| + 1, need what takes several times as long.
            analysis = RangeAnalysis.Run(rows, byCases: true);
            determination = Determination.Run(rows, analysis, determination.Rules);
        }

        var unproved = Obstacles.Of(rows, determination);
        var outputs = system.PublicOutputCount;
        if (unproved.Count == 0)
        {
            return new(Verdict.Unique, determination.Rules.ToArray(), unproved, null);
        }

        var pair = effort > 0 ? new PairSearch(rows, analysis.Facts, determination).Run(witness, effort) : null;
        var verdict = outputs > 0 && unproved[0].Wire > outputs ? Verdict.OutputsUnique
            : pair is not null ? Verdict.NotUnique
            : Verdict.Unproved;
        return new(verdict, determination.Rules.ToArray(), unproved, pair);
    }
}
