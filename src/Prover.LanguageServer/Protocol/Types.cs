namespace Prover.LanguageServer;

/// <summary>A place in a text.</summary>
/// <param name="Line">From 0.</param>
/// <param name="Character">UTF-16 code units before it in its line.</param>
internal sealed record Position(int Line, int Character);

/// <summary>A part of a text.</summary>
/// <param name="Start">The first character.</param>
/// <param name="End">Behind the last one.</param>
internal sealed record TextRange(Position Start, Position End);

/// <summary>A part of some document.</summary>
internal sealed record Location(string Uri, TextRange Range);

/// <summary>A replacement.</summary>
internal sealed record TextEdit(TextRange Range, string NewText);

/// <summary>Names a document.</summary>
internal sealed record TextDocumentIdentifier(string Uri);

/// <summary>Names a document as it is after a change.</summary>
internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

/// <summary>A document that the client has opened.</summary>
internal sealed record TextDocumentItem(string Uri, int Version, string Text);

/// <summary>One change of a document.</summary>
/// <param name="Text">What is there now.</param>
/// <param name="Range">Where; everywhere if null.</param>
internal sealed record ContentChange(string Text, TextRange? Range = null);

/// <summary>Of <c>textDocument/didOpen</c>.</summary>
internal sealed record DidOpenParams(TextDocumentItem TextDocument);

/// <summary>Of <c>textDocument/didChange</c>.</summary>
internal sealed record DidChangeParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<ContentChange> ContentChanges);

/// <summary>Of requests about a document, such as its formatting or its symbols.</summary>
internal sealed record DocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>Of requests about a place, such as hover or definition.</summary>
internal sealed record PositionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>Of <c>textDocument/references</c>.</summary>
internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext Context);

/// <summary>What counts as a reference.</summary>
internal sealed record ReferenceContext(bool IncludeDeclaration);

/// <summary>Of <c>textDocument/rename</c>.</summary>
internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

/// <summary>One of the words that would fit at a place.</summary>
/// <param name="Label">The word.</param>
/// <param name="Kind">The protocol's number for what it is.</param>
/// <param name="Detail">More about it, in one line.</param>
/// <param name="TextEdit">What is to be replaced by it; the word at the place if null.</param>
internal sealed record CompletionItem(string Label, CompletionItemKind Kind, string? Detail = null, TextEdit? TextEdit = null);

/// <summary>The protocol's numbers for what can be completed, as far as it knows of it.</summary>
internal enum CompletionItemKind
{
    Function = 3,
    Field = 5,
    Variable = 6,
    Class = 7,
    Unit = 11,
    Keyword = 14,
    File = 17,
    EnumMember = 20,
    Constant = 21,
    Struct = 22,
}

/// <summary>Text for people.</summary>
/// <param name="Kind">Always "markdown".</param>
/// <param name="Value">The text.</param>
internal sealed record MarkupContent(string Kind, string Value)
{
    public static MarkupContent Markdown(string text) => new("markdown", text);
}
