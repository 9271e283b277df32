using Prover.Language;
using Prover.Witness;

namespace Prover.LanguageServer;

/// <summary>Walks a file and notes what its names mean, as the compiler would find them.</summary>
internal sealed partial class NameWalker(CircuitFile file, CircuitProgram program, CompletionProbe? probe = null)
{
    private readonly SourceTokens _tokens = new(file.Source);
    private readonly Dictionary<SourceFile, SourceTokens> _others = new(ReferenceEqualityComparer.Instance);
    private readonly Shapes _shapes = new(program);

    public List<Occurrence> Found { get; } = [];

    /// <summary>By the offset of each local declaration, the names that are visible there.</summary>
    public Dictionary<int, NameScope?> Around { get; } = [];

    public void Run()
    {
        foreach (var import in file.Imports)
        {
            VisitImport(import);
        }

        foreach (var declaration in file.Declarations)
        {
            Found.Add(new(declaration.NameSpan, new DeclaredSymbol(declaration), IsDeclaration: true));
            VisitDeclaration(declaration);
        }

        foreach (var test in file.Tests)
        {
            var scope = VisitStatements(test.Setup, null);
            Visit(test.Call, scope);
        }

        foreach (var property in file.Properties)
        {
            var scope = DeclareParameters(property.Variables, null);
            Visit(property.Where, scope);
            Visit(property.Body, scope);
        }

        foreach (var budget in file.Budgets)
        {
            probe?.Meet(budget.Rule, PlaceKind.Rule);
            if (_tokens.Find(budget.Span.Start, budget.Rule) is { } name)
            {
                NoteGlobal(budget.Rule, name);
            }

            VisitAll(budget.Generics.Append(budget.Limit), null);
        }
    }

    private void VisitImport(ImportDeclaration import)
    {
        var relative = Path.Combine(Path.GetDirectoryName(file.Source.Path) ?? "", import.Path);
        var imported = program.Files.Find(other => Path.GetFullPath(other.Source.Path) == Path.GetFullPath(relative))
            ?? program.Files.Find(other => other.Source.Path == import.Path);
        var quote = file.Source.Text.IndexOf('"', import.Span.Start);
        if (imported is not null && quote >= 0)
        {
            Found.Add(new(new(file.Source, quote + 1, import.Path.Length), new FileSymbol(imported.Source)));
        }
    }

    private void VisitDeclaration(Declaration declaration)
    {
        switch (declaration)
        {
            case ConstDeclaration constant:
                VisitType(constant.Type, null);
                Visit(constant.Value, null);
                break;
            case TypeDeclaration alias:
                VisitType(alias.Type, null);
                break;
            case StructDeclaration structure:
                var generics = DeclareGenerics(structure, structure.Generics);
                foreach (var field in structure.Fields)
                {
                    if (FieldOf(structure, field) is { } symbol)
                    {
                        Found.Add(new(symbol.NameSpan, symbol, IsDeclaration: true));
                    }

                    VisitType(field.Type, generics);
                }

                break;
            case FunctionDeclaration function:
                var inner = DeclareParameters(function.Parameters, DeclareGenerics(function, function.Generics));
                VisitType(function.Result, inner);
                Visit(function.Body, inner);
                break;
            case RuleDeclaration rule:
                var within = DeclareParameters(rule.Parameters, DeclareGenerics(rule, rule.Generics));
                if (rule.Parameters.FirstOrDefault(parameter => parameter.IsHashed) is { } hashed)
                {
                    within = new(new(InputDigest.Name, LocalKind.Digest, hashed.Span, hashed, null), within);
                }

                Visit(rule.Body, within);
                break;
        }
    }

    private NameScope? DeclareGenerics(Declaration declaration, IReadOnlyList<string> generics)
    {
        NameScope? scope = null;
        var behind = declaration.NameSpan.Start + declaration.NameSpan.Length;
        foreach (var generic in generics)
        {
            if (_tokens.Find(behind, generic) is { } place)
            {
                scope = Declare(new(generic, LocalKind.Generic, place, declaration, null), scope);
                behind = place.Start + place.Length;
            }
        }

        return scope;
    }

    /// <summary>Types of parameters see the generics, but not the parameters before them.</summary>
    private NameScope? DeclareParameters(IReadOnlyList<Parameter> parameters, NameScope? generics)
    {
        var scope = generics;
        foreach (var parameter in parameters)
        {
            VisitType(parameter.Type, generics);
            if (_tokens.FindMember(parameter.Span.Start, parameter.Name) is { } place)
            {
                scope = Declare(new(parameter.Name, LocalKind.Parameter, place, parameter, _shapes.Of(parameter.Type)), scope);
            }
        }

        return scope;
    }

    private NameScope Declare(LocalSymbol symbol, NameScope? scope)
    {
        Around[symbol.NameSpan.Start] = scope;
        Found.Add(new(symbol.NameSpan, symbol, IsDeclaration: true));
        return new(symbol, scope);
    }

    /// <summary>A field with the place of its name, which may be in another file.</summary>
    private FieldSymbol? FieldOf(StructDeclaration owner, Parameter field)
    {
        var source = field.Span.File;
        if (!ReferenceEquals(source, file.Source) && !_others.ContainsKey(source))
        {
            _others[source] = new(source);
        }

        var tokens = ReferenceEquals(source, file.Source) ? _tokens : _others[source];
        return tokens.FindMember(field.Span.Start, field.Name) is { } place ? new(owner, field, place) : null;
    }

    private void NoteGlobal(string name, SourceSpan span, Expression? node = null)
    {
        if (BuiltIns.Names.Contains(name))
        {
            Found.Add(new(span, new BuiltInSymbol(name)) { Node = node });
        }
        else if (program.Find(name) is { } declaration)
        {
            Found.Add(new(span, new DeclaredSymbol(declaration)) { Node = node });
        }
    }

    private void VisitType(TypeSyntax? type, NameScope? generics)
    {
        switch (type)
        {
            case NumberTypeSyntax number:
                NoteGlobal(number.Scale is null ? "int" : "dec", number.Span with { Length = 3 });
                VisitAll([number.Scale, number.Low, number.High], generics);
                foreach (var unit in number.Unit)
                {
                    probe?.Meet(unit.Name, PlaceKind.Unit);
                    NoteGlobal(unit.Name, unit.Span with { Length = unit.Name.Length });
                }

                break;
            case NamedTypeSyntax named:
                probe?.Meet(named.Name, PlaceKind.Type);
                NoteGlobal(named.Name, named.Span with { Length = named.Name.Length });
                VisitAll(named.Generics, generics);
                break;
            case ArrayTypeSyntax array:
                VisitType(array.Element, generics);
                Visit(array.Length, generics);
                break;
            case TreeTypeSyntax tree:
                Visit(tree.Depth, generics);
                VisitType(tree.Leaf, generics);
                break;
        }
    }
}
