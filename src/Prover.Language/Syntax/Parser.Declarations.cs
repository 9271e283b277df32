namespace Prover.Language;

public sealed partial class Parser
{
    private readonly List<ImportDeclaration> _imports = [];
    private readonly List<Declaration> _declarations = [];
    private readonly List<TestDeclaration> _tests = [];
    private readonly List<PropertyDeclaration> _properties = [];
    private readonly List<BudgetDeclaration> _budgets = [];

    private CircuitFile ParseFile()
    {
        SkipNewLines();
        while (Current.Kind != TokenKind.End)
        {
            var begun = _position;
            try
            {
                Mark(TokenRole.BeginsStatement);
                ParseDeclaration();
                if (Current.Kind is not (TokenKind.NewLine or TokenKind.End))
                {
                    throw Unexpected("the end of the declaration");
                }
            }
            catch (SyntaxException error)
            {
                Report(error);
                SkipToDeclaration(begun);
            }

            SkipNewLines();
        }

        return new(_file, _imports, _declarations, _tests, _properties, _budgets);
    }

    private void ParseDeclaration()
    {
        var start = Current.Span;
        switch (Current.Kind == TokenKind.Keyword ? Current.Text : "")
        {
            case "import":
                Advance();
                var path = ParseText("a path in quotes", "import \"std/poseidon.circuit\"");
                _imports.Add(new(From(start), path));
                break;
            case "const":
                Advance();
                var constant = ExpectIdentifier("the constant's name");
                var constantType = Accept(":") ? ParseType() : null;
                Expect("=", "and the constant's value");
                SkipNewLines();
                var value = ParseExpression();
                _declarations.Add(new ConstDeclaration(From(start), constant.Text, constant.Span, constantType, value));
                break;
            case "unit":
                Advance();
                var unit = ExpectIdentifier("the unit's name");
                _declarations.Add(new UnitDeclaration(From(start), unit.Text, unit.Span));
                break;
            case "type":
                Advance();
                var alias = ExpectIdentifier("the type's name");
                Expect("=", "and the type");
                var type = ParseType();
                _declarations.Add(new TypeDeclaration(From(start), alias.Text, alias.Span, type));
                break;
            case "struct":
                Advance();
                var structure = ExpectIdentifier("the struct's name");
                var structGenerics = ParseGenericNames();
                var fields = ParseMembers("{", "}", allowVisibility: false);
                _declarations.Add(new StructDeclaration(From(start), structure.Text, structure.Span, structGenerics, fields));
                break;
            case "fn":
                ParseFunction(start);
                break;
            case "rule":
                Advance();
                var rule = ExpectIdentifier("the rule's name");
                var ruleGenerics = ParseGenericNames();
                var parameters = ParseMembers("(", ")", allowVisibility: true);
                var body = ParseBlock();
                _declarations.Add(new RuleDeclaration(From(start), rule.Text, rule.Span, ruleGenerics, parameters, body));
                break;
            case "test":
                ParseTest(start);
                break;
            case "property":
                ParseProperty(start);
                break;
            case "budget":
                Advance();
                var budgetRule = ExpectIdentifier("the rule's name");
                var budgetGenerics = At("<") ? ParseGenericArguments() : [];
                Expect("<=", "and the greatest number of constraints");
                var limit = ParseExpression();
                _budgets.Add(new(From(start), budgetRule.Text, budgetGenerics, limit));
                break;
            default:
                throw Unexpected(
                    "a declaration (import, const, unit, type, struct, fn, rule, test, property or budget)",
                    ForeignWords.RemedyOfDeclaration(Current.Text) ?? (Current.Kind == TokenKind.Identifier ? NearestName.Suggest(Current.Text, DeclarationStarts) : null));
        }
    }

    private void ParseFunction(SourceSpan start)
    {
        Advance();
        var name = ExpectIdentifier("the function's name");
        var generics = ParseGenericNames();
        var parameters = ParseMembers("(", ")", allowVisibility: false);
        var result = Accept("->") ? ParseType() : null;
        Expression body;
        if (At("{"))
        {
            body = ParseBlock();
        }
        else
        {
            Expect("=", "and the function's value, or a block", At(":") ? "the type of the result stands behind '->'" : null);
            SkipNewLines();
            body = ParseExpression();
        }

        _declarations.Add(new FunctionDeclaration(From(start), name.Text, name.Span, generics, parameters, result, body));
    }

    private void ParseTest(SourceSpan start)
    {
        Advance();
        var title = ParseText("the test's title in quotes");
        Expect("{", "and the test's body");
        MarkPrevious(TokenRole.OpensBlock);
        List<Statement> setup = [];
        SkipNewLines();
        while (At("let"))
        {
            setup.Add(ParseStatement());
            SkipNewLines();
        }

        Mark(TokenRole.BeginsStatement);
        var expression = ParseExpression();
        if (expression is not CallExpression call)
        {
            throw new SyntaxException(new("R0103", "expected a call of a rule, such as rule(1, 2)", new(expression.Span, "here"), []));
        }

        SkipNewLines();
        string? failure = null;
        if (Accept("fails"))
        {
            failure = ParseText("a part of the failing requirement's message");
        }
        else
        {
            Expect("passes", "or 'fails' and a text");
        }

        Expect("}", "to end the test");
        _tests.Add(new(From(start), title, setup, call, failure));
    }

    private void ParseProperty(SourceSpan start)
    {
        Advance();
        var titleSpan = Current.Span;
        var title = ParseText("the property's title in quotes");
        Expect("forall", "and the property's variables");
        List<Parameter> variables = [];
        do
        {
            SkipNewLines();
            variables.Add(ParseMember(Current.Span));
        }
        while (Accept(","));

        SkipNewLinesBefore("where");
        Expression? where = null;
        if (Accept("where"))
        {
            where = ParseExpression();
        }

        SkipNewLinesBefore("{");
        var body = ParseBlock();
        _properties.Add(new(From(start), title, titleSpan, variables, where, body));
    }

    private List<string> ParseGenericNames() =>
        At("<") ? ParseList("<", ">", () => ExpectIdentifier("a generic parameter's name").Text) : [];

    private List<Parameter> ParseMembers(string open, string close, bool allowVisibility) => ParseList(open, close, () =>
    {
        var start = Current.Span;
        if (!allowVisibility)
        {
            return At("public") || At("private") ? throw Unexpected("a name", "only the parameters of rules are public or private") : ParseMember(start);
        }

        // Parameters may be called "state" and "hashed" as well.
        if (IsModifier("state"))
        {
            Advance();
            return ParseMember(start) with { IsState = true };
        }

        var isPublic = Accept("public");
        if (!isPublic)
        {
            Expect(
                "private",
                "or 'public' before a rule's parameter",
                NearestName.Suggest(Current.Text, ["public", "private"]) ?? "what is public is part of the statement, what is private stays secret");
        }

        if (!IsModifier("hashed"))
        {
            return ParseMember(start) with { IsPublic = isPublic };
        }

        if (!isPublic)
        {
            throw new SyntaxException(new("R0103", "only public parameters are hashed", new(Current.Span, "here"), [], $"public hashed {Ahead(1).Text}: … is known to the verifier by its digest"));
        }

        Advance();
        return ParseMember(start) with { IsPublic = true, IsHashed = true };
    }, goesOn: true);

    private bool IsModifier(string word) => Current.Kind == TokenKind.Identifier && Current.Text == word && Ahead(1).Kind == TokenKind.Identifier;

    /// <summary><c>name: type</c>, behind what says who sees it.</summary>
    private Parameter ParseMember(SourceSpan start)
    {
        var name = ExpectIdentifier("a name");
        Expect(":", "and a type", At(",") ? "each name has its own type: a: T, b: T" : null);
        var type = ParseType();
        return new(From(start), name.Text, type, IsPublic: false);
    }

    private string ParseText(string what, string? help = null) => Current.Kind == TokenKind.Text ? Advance().Text[1..^1] : throw Unexpected(what, Habit() ?? help);
}
