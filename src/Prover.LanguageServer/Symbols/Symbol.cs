using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>Something that a name can mean.</summary>
/// <param name="Name">The name.</param>
internal abstract record Symbol(string Name)
{
    /// <summary>Where the name is declared, or null for what the language itself defines.</summary>
    public virtual SourceSpan? Place => null;
}

/// <summary>A constant, unit, type, struct, function or rule.</summary>
internal sealed record DeclaredSymbol(Declaration Declaration) : Symbol(Declaration.Name)
{
    public override SourceSpan? Place => Declaration.NameSpan;
}

/// <summary>A field of a struct.</summary>
internal sealed record FieldSymbol(StructDeclaration Owner, Parameter Field, SourceSpan NameSpan) : Symbol(Field.Name)
{
    public override SourceSpan? Place => NameSpan;
}

/// <summary>What a local name stands for.</summary>
internal enum LocalKind
{
    /// <summary>A whole number chosen where a declaration is used.</summary>
    Generic,

    /// <summary>Of a function or a rule, or a variable of a property.</summary>
    Parameter,

    /// <summary>Bound by <c>let</c>.</summary>
    Let,

    /// <summary>The variable of a loop.</summary>
    Loop,

    /// <summary>What a <c>fold</c> carries from round to round.</summary>
    Accumulator,

    /// <summary>The digest of a rule's hashed parameters.</summary>
    Digest,
}

/// <summary>A name inside a declaration.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="NameSpan">Where it is declared.</param>
/// <param name="Node">The parameter, the let, the range or the fold; the declaration of a generic.</param>
/// <param name="Shape">The structs and arrays in its values.</param>
internal sealed record LocalSymbol(string Name, LocalKind Kind, SourceSpan NameSpan, Node Node, Shape? Shape) : Symbol(Name)
{
    public override SourceSpan? Place => NameSpan;
}

/// <summary>A type or function of the language.</summary>
internal sealed record BuiltInSymbol(string Name) : Symbol(Name);

/// <summary>A file, where an import names it.</summary>
internal sealed record FileSymbol(SourceFile File) : Symbol(File.Path)
{
    public override SourceSpan? Place => new(File, 0, 0);
}

/// <summary>What tells symbols apart, also those of one text that was parsed twice.</summary>
/// <param name="Path">The full path of the file that declares it, or nothing for what the language itself defines.</param>
/// <param name="Start">The offset of its name there.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct SymbolKey(string Path, int Start, string Name);

/// <summary>A place where a symbol is named.</summary>
/// <param name="Span">The name, or the path of an import.</param>
/// <param name="Symbol">What it means.</param>
/// <param name="IsDeclaration">Whether it is declared there.</param>
internal sealed record Occurrence(SourceSpan Span, Symbol Symbol, bool IsDeclaration = false)
{
    /// <summary>Whether this is one of the two meanings of <c>{ limit }</c>, which is short for <c>{ limit: limit }</c>.</summary>
    public bool IsShort { get; init; }

    /// <summary>The expression that the name is, or begins, or of a member ends; null where it is none.</summary>
    public Expression? Node { get; init; }
}
