namespace Prover.Audit;

/// <summary>Whether the inputs of a system determine its other wires.</summary>
public enum Verdict
{
    /// <summary>Every wire is proved to be determined by the inputs.</summary>
    Unique,

    /// <summary>Every output is, of which there is at least one, but not every inner wire.</summary>
    OutputsUnique,

    /// <summary>Two assignments are known that agree on the inputs and differ elsewhere, and not all outputs are proved to be determined.</summary>
    NotUnique,

    /// <summary>Neither a proof nor a counterexample was found.</summary>
    Unproved,
}

/// <summary>What stands in the way of a proof for a wire.</summary>
public enum Obstacle
{
    /// <summary>No row mentions the wire.</summary>
    NoRow,

    /// <summary>The row would determine it, but for a coefficient that may be zero.</summary>
    CoefficientMayBeZero,

    /// <summary>The wire is in both factors of the row, which therefore has two solutions.</summary>
    Quadratic,

    /// <summary>Every row that mentions it has other unknown wires too.</summary>
    SeveralUnknowns,
}

/// <summary>A wire that is not proved to be determined.</summary>
/// <param name="Wire">The wire.</param>
/// <param name="Row">The row with the fewest unknown wires that mentions it; −1 if none does.</param>
/// <param name="Obstacle">What is wrong with that row.</param>
public sealed record UnprovedWire(int Wire, int Row, Obstacle Obstacle);

/// <summary>The result of an audit.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Rules">For each wire the rule that proves it determined, or <see cref="Rule.None"/>.</param>
/// <param name="Unproved">The wires without a proof, ascending.</param>
/// <param name="Pair">Two assignments that differ, if some were found; both have been checked against all rows.</param>
public sealed record AuditReport(Verdict Verdict, IReadOnlyList<Rule> Rules, IReadOnlyList<UnprovedWire> Unproved, WitnessPair? Pair)
{
    /// <summary>How many wires each rule proved, by the order of <see cref="Rule"/>.</summary>
    public IReadOnlyDictionary<Rule, int> Counts =>
        new SortedDictionary<Rule, int>(Rules.Skip(1).CountBy(rule => rule).ToDictionary(entry => entry.Key, entry => entry.Value));
}
