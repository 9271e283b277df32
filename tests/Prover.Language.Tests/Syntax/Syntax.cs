namespace Prover.Language.Tests;

/// <summary>Texts that must parse, and texts that must not.</summary>
internal static class Syntax
{
    /// <summary>The file that a text parses to without complaint.</summary>
    public static CircuitFile Accept(string text)
    {
        List<Diagnostic> diagnostics = [];
        var file = Parser.Parse(new("test.circuit", text), diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(diagnostics));
        return file;
    }

    /// <summary>The only declaration of a text that parses.</summary>
    public static T Accept<T>(string text)
        where T : Declaration => Assert.IsType<T>(Assert.Single(Accept(text).Declarations));

    /// <summary>The body of a rule with the given statements, which must parse.</summary>
    public static string Body(string statements) => Shape.Of(Accept<RuleDeclaration>($"rule r() {{\n{statements}\n}}\n").Body);

    /// <summary>What is wrong with a text, as "code line:column message".</summary>
    public static string[] Refuse(string text)
    {
        List<Diagnostic> diagnostics = [];
        Parser.Parse(new("test.circuit", text), diagnostics);
        return [.. diagnostics.Select(diagnostic =>
        {
            var (line, column) = diagnostic.Primary.Span.File.Locate(diagnostic.Primary.Span.Start);
            return $"{diagnostic.Code} {line}:{column} {diagnostic.Message}";
        })];
    }

    /// <summary>The characters that a node stands for.</summary>
    public static string TextOf(SourceSpan span) => span.File.Text.Substring(span.Start, span.Length);
}
