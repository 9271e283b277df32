using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/rename</c> and <c>textDocument/prepareRename</c>.</summary>
/// <remarks>A renaming is tried first: only if every name still means what it meant, in every file that sees the symbol, is it handed out.</remarks>
internal sealed class Rename(Workspace workspace)
{
    private readonly References _references = new(workspace);

    /// <summary>The name at a place, which can be renamed.</summary>
    /// <exception cref="RpcException">It cannot; says why.</exception>
    public object Prepare(PositionParams parameters)
    {
        var (document, _, _, found) = workspace.At(parameters);
        var symbol = Renamable(found, document, parameters.Position);
        return new { range = document.Lines.RangeOf(found!.Span), placeholder = symbol.Name };
    }

    /// <summary>The replacements in all files that name the symbol.</summary>
    /// <exception cref="RpcException">The new name is none, or taken, or would change what a program means.</exception>
    public object Apply(RenameParams parameters)
    {
        var (document, program, index, found) = workspace.At(new(parameters.TextDocument, parameters.Position));
        var symbol = Renamable(found, document, parameters.Position);
        var name = parameters.NewName;
        NewName.Require(name);
        if (name == symbol.Name)
        {
            return new { changes = new Dictionary<string, TextEdit[]>() };
        }

        ReadFile[] before = [.. _references.FilesThatSee(symbol, program)];
        RefuseBroken(before);
        RefuseTaken(symbol, name, before, index);
        var edits = before.Select(file => (file.Document, Edits: EditsOf(file, symbol, name))).Where(file => file.Edits.Length > 0).ToArray();
        new RenameTrial(workspace, symbol, name).Require(before, edits);
        return new { changes = edits.ToDictionary(file => file.Document.Uri, file => file.Edits, StringComparer.Ordinal) };
    }

    private Symbol Renamable(Occurrence? found, OpenDocument document, Position position)
    {
        switch (found?.Symbol)
        {
            case null:
                var word = WordAt(document.Text, document.Lines.OffsetOf(position));
                throw Refuse(Lexer.Keywords.Contains(word) ? $"'{word}' is a keyword" : "there is no name here that could be renamed");
            case FileSymbol:
                throw Refuse("files are renamed where they lie");
            case BuiltInSymbol builtIn:
                throw Refuse($"'{builtIn.Name}' is part of the language");
            case LocalSymbol { Kind: LocalKind.Digest }:
                throw Refuse("'digest' is what the language calls the hash of a rule's hashed parameters");
            case var symbol when workspace.IsLibrary(symbol):
                throw Refuse($"'{symbol.Name}' is part of the standard library");
            case var symbol:
                return symbol;
        }
    }

    private static string WordAt(string text, int offset)
    {
        var (start, end) = (offset, offset);
        for (; start > 0 && char.IsAsciiLetter(text[start - 1]); start--)
        {
        }

        for (; end < text.Length && char.IsAsciiLetter(text[end]); end++)
        {
        }

        return text[start..end];
    }

    /// <summary>In what does not parse names would be overlooked.</summary>
    private static void RefuseBroken(IEnumerable<ReadFile> files)
    {
        foreach (var file in files)
        {
            if (file.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Code.StartsWith("R01", StringComparison.Ordinal)) is { } broken)
            {
                throw Refuse($"{broken.Primary.Span} has an error, which must be corrected first: {broken.Message}");
            }
        }
    }

    private static void RefuseTaken(Symbol symbol, string name, IEnumerable<ReadFile> files, FileIndex index)
    {
        if (symbol is LocalSymbol local && index.Around.TryGetValue(local.NameSpan.Start, out var around) && NameScope.Find(around, name) is { } taken)
        {
            throw Refuse($"'{name}' is declared already: {taken.NameSpan}");
        }

        // Fields have a namespace of their own in each struct.
        if (symbol is FieldSymbol field)
        {
            if (field.Owner.Fields.FirstOrDefault(other => other.Name == name) is { } other)
            {
                throw Refuse($"'{field.Owner.Name}' has a field '{name}' already: {other.Span}");
            }

            return;
        }

        if (files.Select(file => file.Program.Find(name)).FirstOrDefault(declared => declared is not null) is { } declaration)
        {
            throw Refuse($"'{name}' is declared already: {declaration.NameSpan}");
        }
    }

    private TextEdit[] EditsOf(ReadFile file, Symbol symbol, string name) =>
        [.. _references.In(file, symbol).Select(found => new TextEdit(file.Document.Lines.RangeOf(found.Span), Replacement(found, name)))];

    /// <summary>Where <c>{ limit }</c> names a field and a value, only one of the two gets the new name.</summary>
    private static string Replacement(Occurrence found, string name) =>
        !found.IsShort ? name : found.Symbol is FieldSymbol ? $"{name}: {found.Symbol.Name}" : $"{found.Symbol.Name}: {name}";

    internal static RpcException Refuse(string message) => new(ErrorCode.RequestFailed, message);
}
