namespace Prover.Language;

/// <summary>Words of other languages, which are names like any other here, and what takes their place.</summary>
public static class ForeignWords
{
    /// <summary>How a word's meaning is written here, or null if it is no such word.</summary>
    public static string? Remedy(string word) => word switch
    {
        "return" => "the last expression of a block is its value",
        "while" or "loop" => "loops are 'for i in 0..N { … }' for checks and 'fold s = 0 for i in 0..N { … }' for values",
        "var" or "mut" => "'let x = …' names a value, once and for all",
        "assert" => "'require condition, \"message\"' checks a condition",
        _ => null,
    };
}
