using Prover.Compiler;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/completion</c>: the words that would fit at a place.</summary>
internal sealed class Completion(Workspace workspace)
{
    /// <summary>What makes a whole statement or declaration of a name, for texts that end at the name: a message, a block, a value.</summary>
    private static readonly string[] Endings = ["", ", \"\"", " { }", " = 0", ": 0", " { } else { }", "() passes", " <= 1"];

    private static readonly string[] Modes = ["floor", "ceil", "trunc", "away", "half_even", "exact"];
    private static readonly string[] Declarations = ["import", "const", "unit", "type", "struct", "fn", "rule", "test", "property", "budget"];
    private static readonly string[] Statements = ["let", "require", "for", "if", "fold"];
    private static readonly string[] Words = ["if", "else", "fold", "for", "in", "with", "and", "or", "not", "true", "false", "to"];

    /// <summary>All words that would fit, whatever of them is written; the client picks those that match.</summary>
    public object Complete(PositionParams parameters)
    {
        var document = workspace.Find(parameters.TextDocument.Uri);
        var offset = document.Lines.OffsetOf(parameters.Position);
        var context = new CompletionContext(document.Text, offset);
        if (context.IsInComment)
        {
            return Array.Empty<CompletionItem>();
        }

        if (context.InText is { } text && context.Declaration == "import")
        {
            return Imports(document, text);
        }

        if (context.IsOutside)
        {
            return Keywords(Declarations).ToArray();
        }

        if (context.IsInRuleHead)
        {
            return Keywords(["public", "public hashed", "private", "state"]).ToArray();
        }

        return Try(document, context) is var (program, probe) ? Fitting(program, probe, context).DistinctBy(item => item.Label).ToArray() : [];
    }

    /// <summary>Puts the probe's name at the place, in more and more of the ways in which a text may go on there, until it is met.</summary>
    private (CircuitProgram Program, CompletionProbe Probe)? Try(OpenDocument document, CompletionContext context)
    {
        var (before, behind) = (document.Text[..context.WordStart] + CompletionProbe.Name, document.Text[context.WordEnd..]);
        var rest = document.Text[Math.Max(context.WordEnd, context.NextDeclaration)..];
        IEnumerable<string> texts = Endings.Select(ending => before + ending + behind);
        if (context.InText is null)
        {
            texts = texts.Concat(Endings.Select(ending => before + context.Closing(ending) + rest));
        }

        foreach (var text in texts)
        {
            var probe = new CompletionProbe();
            var program = workspace.Documents.Parse(document with { Text = text }, []);
            new NameWalker(program.Root, program, probe).Run();
            if (probe.Kind is not null)
            {
                return (program, probe);
            }
        }

        return null;
    }

    private static IEnumerable<CompletionItem> Fitting(CircuitProgram program, CompletionProbe probe, CompletionContext context)
    {
        switch (probe.Kind)
        {
            case PlaceKind.Member:
                return Fields(probe.Shape);
            case PlaceKind.Field:
                return Fields(probe.Shape).Concat(Values(program, probe, context));
            case PlaceKind.Type:
                return BuiltIns.Types.Select(type => new CompletionItem(type, CompletionItemKind.Class))
                    .Concat(Globals(program, declaration => declaration is TypeDeclaration or StructDeclaration));
            case PlaceKind.Unit:
                return Globals(program, declaration => declaration is UnitDeclaration);
            case PlaceKind.Mode:
                return Modes.Select(mode => new CompletionItem(mode, CompletionItemKind.EnumMember));
            case PlaceKind.Rule:
                return Globals(program, declaration => declaration is RuleDeclaration);
            default:
                return (context.IsAtBeginning || context.Previous == "{" ? Keywords(Statements) : Keywords(Words)).Concat(Values(program, probe, context));
        }
    }

    private static IEnumerable<CompletionItem> Values(CircuitProgram program, CompletionProbe probe, CompletionContext context) => NameScope.All(probe.Scope)
        .Select(local => new CompletionItem(local.Name, CompletionItemKind.Variable, local.Node is Parameter parameter ? SourceComments.TextOf(parameter.Span) : local.Kind.ToString().ToLowerInvariant()))
        .Concat(Globals(program, declaration => declaration is ConstDeclaration or FunctionDeclaration or StructDeclaration || (declaration is RuleDeclaration && context.Declaration == "test")))
        .Concat(Elaborator.Signatures.OrderBy(builtIn => builtIn.Key, StringComparer.Ordinal).Select(builtIn => new CompletionItem(builtIn.Key, CompletionItemKind.Function, builtIn.Value)))
        .Concat(context.Declaration == "test" ? Keywords(["passes", "fails"]) : []);

    private static IEnumerable<CompletionItem> Fields(Shape? shape) => shape switch
    {
        StructShape structure => structure.Declaration.Fields.Select(field => new CompletionItem(field.Name, CompletionItemKind.Field, SourceComments.TextOf(field.Type.Span))),
        TreeShape => [new(TreeState.Root, CompletionItemKind.Field, "field")],
        _ => [],
    };

    private static IEnumerable<CompletionItem> Globals(CircuitProgram program, Func<Declaration, bool> isMeant) => program.Names
        .Select(name => program.Find(name)!)
        .Where(declaration => isMeant(declaration) && declaration.Name != CompletionProbe.Name)
        .Select(declaration => new CompletionItem(declaration.Name, KindOf(declaration), SourceComments.TextOf(Signature.SpanOf(declaration))));

    private static CompletionItemKind KindOf(Declaration declaration) => declaration switch
    {
        ConstDeclaration => CompletionItemKind.Constant,
        UnitDeclaration => CompletionItemKind.Unit,
        TypeDeclaration => CompletionItemKind.Class,
        StructDeclaration => CompletionItemKind.Struct,
        _ => CompletionItemKind.Function,
    };

    private static IEnumerable<CompletionItem> Keywords(IEnumerable<string> words) => words.Select(word => new CompletionItem(word, CompletionItemKind.Keyword));

    /// <summary>The circuits that lie where the client works, or else beside the document, and the standard library.</summary>
    private CompletionItem[] Imports(OpenDocument document, Token text)
    {
        var folder = Path.GetDirectoryName(document.Path) ?? "";
        IReadOnlyList<string> folders = workspace.Folders.Count > 0 || !Path.IsPathRooted(document.Path) ? workspace.Folders : [folder];
        var isClosed = text.Kind == TokenKind.Text;
        var range = document.Lines.RangeOf(new(text.Span.File, text.Span.Start + 1, text.Span.Length - (isClosed ? 2 : 1)));
        return [.. folders.SelectMany(CircuitFolder.Files)
            .Where(path => path != document.Path)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Concat(StandardLibrary.Paths)
            .Distinct(StringComparer.Ordinal)
            .Select(path => new CompletionItem(path, CompletionItemKind.File, TextEdit: new(range, isClosed ? path : path + "\"")))];
    }
}
