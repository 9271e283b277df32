namespace Prover.Language.Tests;

/// <summary>Texts laid out by the formatter, which is always asked twice: the second time must change nothing.</summary>
internal static class Layout
{
    public static string Of(string text) => Of(new SourceFile("test.circuit", text));

    public static string Of(SourceFile source)
    {
        var once = Once(source);
        Assert.Equal(once, Once(source with { Text = once }));
        Assert.Equal(Trees(source), Trees(source with { Text = once }));
        return once;
    }

    private static string Once(SourceFile source)
    {
        List<Diagnostic> diagnostics = [];
        var text = Formatter.Format(source, diagnostics);
        Assert.True(diagnostics.Count == 0, DiagnosticRenderer.Render(diagnostics));
        return Assert.IsType<string>(text);
    }

    /// <summary>All trees of a text as one text.</summary>
    private static string Trees(SourceFile source)
    {
        var file = Parser.Parse(source, []);
        return string.Join('\n', file.Declarations.Select(Tree)
            .Concat(file.Imports.Select(import => import.Path))
            .Concat(file.Tests.Select(test => $"{test.Title} {string.Join(' ', test.Setup.Select(Shape.Of))} {Shape.Of(test.Call)} {test.ExpectedFailure}"))
            .Concat(file.Properties.Select(property => $"{property.Title} {Members([], property.Variables)} {(property.Where is { } where ? Shape.Of(where) : "")} {Shape.Of(property.Body)}"))
            .Concat(file.Budgets.Select(budget => $"{budget.Rule} {string.Join(' ', budget.Generics.Select(Shape.Of))} {Shape.Of(budget.Limit)}")));
    }

    private static string Tree(Declaration declaration) => declaration.Name + " " + declaration switch
    {
        ConstDeclaration constant => Shape.Of(constant.Value),
        UnitDeclaration => "",
        TypeDeclaration type => Shape.Of(type.Type),
        StructDeclaration structure => Members(structure.Generics, structure.Fields),
        FunctionDeclaration function => Members(function.Generics, function.Parameters) + (function.Result is { } type ? Shape.Of(type) : "") + Shape.Of(function.Body),
        RuleDeclaration rule => Members(rule.Generics, rule.Parameters) + Shape.Of(rule.Body),
        _ => throw new ArgumentException(declaration.GetType().Name, nameof(declaration)),
    };

    private static string Members(IEnumerable<string> generics, IEnumerable<Parameter> members) =>
        string.Join(' ', generics) + string.Concat(members.Select(member => $" {(member.IsPublic ? "public " : "")}{(member.IsHashed ? "hashed " : member.IsState ? "state " : "")}{member.Name}: {Shape.Of(member.Type)}"));
}
