namespace Prover.LanguageServer;

/// <summary>What can be named at a place.</summary>
internal enum PlaceKind
{
    /// <summary>A value, or the function or struct that it comes from.</summary>
    Value,

    /// <summary>A field, behind a dot.</summary>
    Member,

    /// <summary>A field, in braces; its value may follow.</summary>
    Field,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A unit of measure, behind a number's type.</summary>
    Unit,

    /// <summary>How a quotient is rounded.</summary>
    Mode,

    /// <summary>A rule, as the first word of a budget.</summary>
    Rule,
}

/// <summary>Finds out what can be named at a place: a name that no program has is put there, and the walker tells where it has met it.</summary>
internal sealed class CompletionProbe
{
    /// <summary>The name. It begins with a small letter, so that no brace behind it is taken for that of a struct.</summary>
    public const string Name = "completed__here";

    /// <summary>Where the name was met, or null.</summary>
    public PlaceKind? Kind { get; private set; }

    /// <summary>The local names around it.</summary>
    public NameScope? Scope { get; private set; }

    /// <summary>What has the field that is to be named.</summary>
    public Shape? Shape { get; private set; }

    /// <summary>Notes a name's place, if the name is the one that is looked for. The first place counts.</summary>
    public void Meet(string name, PlaceKind kind, NameScope? scope = null, Shape? shape = null)
    {
        if (name == Name && Kind is null)
        {
            (Kind, Scope, Shape) = (kind, scope, shape);
        }
    }
}
