namespace Prover.LanguageServer;

/// <summary><c>textDocument/definition</c> and <c>textDocument/references</c>.</summary>
internal sealed class Navigation(Workspace workspace)
{
    private readonly References _references = new(workspace);

    /// <summary>Where the name at a place is declared, or the file that an import names; null for what the language itself defines.</summary>
    public object? Definition(PositionParams parameters) => workspace.At(parameters).Found?.Symbol.Place is { } place ? workspace.Locate(place) : null;

    /// <summary>Where the name at a place is named, in all circuits of the client's folders and what they import.</summary>
    public object? References(ReferenceParams parameters)
    {
        var (_, program, _, found) = workspace.At(new(parameters.TextDocument, parameters.Position));
        return found is null or { Symbol: BuiltInSymbol or FileSymbol } ? Array.Empty<Location>()
            : _references.FilesThatSee(found.Symbol, program)
                .SelectMany(file => _references.In(file, found.Symbol))
                .Where(occurrence => parameters.Context.IncludeDeclaration || !occurrence.IsDeclaration)
                .Select(occurrence => workspace.Locate(occurrence.Span))
                .ToArray();
    }
}
