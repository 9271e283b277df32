using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>
/// A combination of which two assignments with the same inputs have values that differ by an integer of magnitude at most
/// <paramref name="width"/>: by none at all if that is 0.
/// </summary>
/// <param name="form">The combination.</param>
/// <param name="width">0 for a combination that is determined, otherwise the width of its range.</param>
/// <param name="rule">What to credit if it determines its only unknown.</param>
internal sealed class Equation(LinearCombination form, BigInteger width, Rule rule)
{
    /// <summary>The combination.</summary>
    public LinearCombination Form => form;

    /// <summary>The greatest difference.</summary>
    public BigInteger Width => width;

    /// <summary>Whether its value is determined.</summary>
    public bool IsExact => width.IsZero;

    /// <summary>What to credit.</summary>
    public Rule Rule => rule;

    /// <summary>The bounded number that the combination is, if it was added as one: its bits are determined when it is.</summary>
    public BoundedNumber? Number { get; init; }

    /// <summary>Number of wires in it that are not determined yet.</summary>
    public int Unknown { get; set; }

    /// <summary>Whether it waits in a queue.</summary>
    public bool IsPending { get; set; }

    /// <summary>An unknown without a range, which must be determined before digits can be read; 0 if there is none.</summary>
    public int Blocker { get; set; }
}
