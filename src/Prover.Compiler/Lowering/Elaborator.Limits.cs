using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <remarks>
/// A program cannot loop for ever, but it can ask for more than any machine has: 2²⁰ rounds in 2²⁰ rounds, sixty functions that each call
/// the next twice. These limits turn that into a diagnostic. They count, they do not measure, so that a program is accepted everywhere or
/// nowhere.
/// </remarks>
internal sealed partial class Elaborator
{
    /// <summary>The code of a rule that is too large to compile.</summary>
    public const string Exhausted = "R0407";

    /// <summary>The code of a program that nests too deep.</summary>
    public const string TooDeep = "R0105";

    /// <summary>Nested expressions, calls and types; one takes about a kilobyte of the stack.</summary>
    private const int MaximumDepth = 500;

    /// <summary>Scalars in one value, and inputs of one rule.</summary>
    private const int MaximumSize = 1 << 20;

    /// <summary>Rounds of all loops around one place together.</summary>
    private const long MaximumRounds = 1L << 32;

    /// <summary>Expressions evaluated and terms added before there is any variable: about a second.</summary>
    private const long FreeWork = 1L << 22;

    /// <summary>Expressions evaluated and terms added for each variable, where real circuits need about sixty.</summary>
    private const long WorkPerVariable = 1L << 8;

    /// <summary>Decimals of an exact result: 10⁷⁶ is the first power of ten beyond 2²⁵².</summary>
    private const int MaximumExactScale = 76;

    /// <summary>Greatest magnitude of a constant: everything below the field's modulus can be written, and 2²⁵⁶ as well.</summary>
    private static readonly BigInteger MaximumConstant = BigInteger.One << 256;

    private long _work;
    private long _rounds = 1;
    private int _depth;

    /// <summary>Variables of one rule, wires and slots: at about two kilobytes each, more than fits into the memory of a usual machine.</summary>
    public long MaximumVariables { get; init; } = 1L << 23;

    /// <summary>Counts work, and ends the elaboration where it is out of proportion.</summary>
    private void Charge(long work, SourceSpan place)
    {
        _work += work;
        var variables = builder.Graph.VariableCount;
        if (variables > MaximumVariables)
        {
            throw Error(Exhausted, $"the rule needs more than {MaximumVariables:N0} wires", place, "reached here", "smaller generic arguments, or several rules");
        }

        // With known inputs there are no variables to compare with; the same rule has been compiled within its limits.
        if (_work + builder.Graph.Terms > FreeWork + (WorkPerVariable * variables) && KnownInputs is null)
        {
            throw Error(
                Exhausted,
                $"the compiler has evaluated {_work:N0} expressions and added {builder.Graph.Terms:N0} terms for {variables:N0} wires, and gives up",
                place,
                "reached here",
                "let keeps a value that is computed again and again; sum(i in 0..N: …) adds many terms at once");
        }
    }

    private void Enter(SourceSpan place)
    {
        if (++_depth > MaximumDepth)
        {
            throw Error(TooDeep, $"the program nests deeper than {MaximumDepth} levels", place, "reached here", "sum, all and fold take the place of long chains");
        }
    }

    private void Leave() => _depth--;

    /// <summary>Refuses a value of more scalars than any circuit could use.</summary>
    private void RequireSize(long size, SourceSpan place)
    {
        if (size > MaximumSize)
        {
            throw Error(Exhausted, $"a value of {size:N0} scalars; at most {MaximumSize:N0} are kept", place, "here");
        }
    }

    /// <summary>The signal of a scalar, which as a constant may be too large for one.</summary>
    private Signal SignalOf(Scalar scalar) => scalar is { Kind: ScalarKind.Number, IsKnown: true } && !scalar.Interval.IsWithinLimit
        ? throw Error(
            "R0203",
            $"the constant needs {scalar.Interval.MagnitudeBits} bits, limit 252",
            builder.Graph.CurrentSpan,
            $"uses {scalar.Known}",
            "field(x) makes a field element of it")
        : scalar.Signal(builder);

    /// <summary>A constant as a field element; one that would wrap around is refused.</summary>
    private Scalar FieldConstant(Scalar scalar, SourceSpan place) => BigInteger.Abs(scalar.Known) < Fr.Modulus
        ? Scalar.Field(Fr.FromInteger(scalar.Known))
        : throw Error("R0203", $"the field has no element {scalar.Known}", place, "here", $"field elements are below {Fr.Modulus}");
}
