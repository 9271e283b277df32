namespace Prover.Language;

/// <summary>What only the parser knows of a token, and what its spacing depends on.</summary>
[Flags]
internal enum TokenRole
{
    /// <summary>Nothing that its kind and text do not tell.</summary>
    None = 0,

    /// <summary>The first token of a statement or a declaration: the line must break before it, unless a brace does.</summary>
    BeginsStatement = 1,

    /// <summary>The brace before statements, not before fields.</summary>
    OpensBlock = 2,

    /// <summary>A <c>&lt;</c> that is no comparison.</summary>
    OpensGenerics = 4,

    /// <summary>Its <c>&gt;</c>.</summary>
    ClosesGenerics = 8,

    /// <summary>A <c>-</c> with one operand.</summary>
    Sign = 16,

    /// <summary>The bracket before an index or before a type's bounds, right behind what it belongs to.</summary>
    Suffix = 32,

    /// <summary>The dots of a loop's range, not of a type's bounds.</summary>
    RangeOfLoop = 64,

    /// <summary>A <c>*</c> or <c>/</c> between units.</summary>
    Unit = 128,
}
