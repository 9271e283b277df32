using System.Globalization;
using System.Text.RegularExpressions;

namespace Prover.Language;

/// <summary>Words of other languages, which are names like any other here, and what takes their place.</summary>
public static partial class ForeignWords
{
    /// <summary>The most bits that the bounds of an int can have.</summary>
    private const int WidestInteger = 252;

    /// <summary>How a word's meaning is written here, or null if it is no such word.</summary>
    public static string? Remedy(string word) => word switch
    {
        "return" => "the last expression of a block is its value",
        "while" or "loop" => "loops are 'for i in 0..N { … }' for checks and 'fold s = 0 for i in 0..N { … }' for values",
        "var" or "mut" => "'let x = …' names a value, once and for all",
        "assert" or "assert_eq" => "'require condition, \"message\"' checks a condition",
        "as" => "field(x), int(b) and dec<s>(n) convert; narrow(x, T, \"message\") brings x into the range of T",
        "signal" => "inputs are the rule's parameters; 'let x = …' names what is computed from them",
        _ => null,
    };

    /// <summary>How what a word declares is declared here, or null if it is no such word.</summary>
    public static string? RemedyOfDeclaration(string word) => word switch
    {
        "pragma" => "a file begins with its imports",
        "include" or "use" or "mod" => "import \"other.circuit\" brings in what another file declares",
        "template" or "circuit" or "contract" => "rule name(public a: T, private b: T) { … } says what must hold",
        "function" or "func" or "def" or "pub" => "fn name(a: T) = … is a function",
        "let" or "var" or "global" => "const NAME = … is a constant",
        "component" => "each rule can be compiled and proved: prover compile FILE --rule NAME",
        _ => null,
    };

    /// <summary>The type that a word means, or null if it is no such word.</summary>
    public static string? RemedyOfType(string word)
    {
        if (FixedWidth().Match(word) is not { Success: true } match)
        {
            return null;
        }

        var isSigned = match.Groups["sign"].Value is "i" or "int";
        return int.TryParse(match.Groups["bits"].Value, CultureInfo.InvariantCulture, out var bits) && bits is > 0 and < WidestInteger
            ? isSigned ? $"int[-2^{bits - 1} .. 2^{bits - 1} - 1] has {bits} bits" : $"int[0 .. 2^{bits} - 1] has {bits} bits"
            : $"numbers have at most {WidestInteger} bits: int[0 .. 2^{WidestInteger} - 1]";
    }

    [GeneratedRegex("^(?<sign>u|i|uint|int)(?<bits>[0-9]{1,4})$")]
    private static partial Regex FixedWidth();
}
