namespace Prover.Language;

/// <summary>The names that the language itself defines.</summary>
public static class BuiltIns
{
    /// <summary>The types that no program declares.</summary>
    public static IReadOnlyList<string> Types { get; } = ["bool", "field", "int", "dec"];

    /// <summary>All of them; a program cannot declare them again.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "bool", "field", "int", "dec",
        "abs", "max", "min", "argmax", "argmin", "sum", "product", "all", "any", "count",
        "div", "round", "narrow", "raw", "bits", "field_bits", "inverse", "quotient", "wire", "len", "concat",
        "poseidon_constants", "poseidon_matrix", "poseidon_partial_rounds",
        "poseidon_sparse_constants", "poseidon_sparse_rows", "poseidon_sparse_columns", "poseidon_sparse_rest",
    };
}
