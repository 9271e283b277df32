namespace Prover.Language;

/// <summary>Something that is done: a binding, a check or a loop of checks.</summary>
public abstract record Statement(SourceSpan Span) : Node(Span);

/// <summary><c>let x: T = e</c>.</summary>
public sealed record LetStatement(SourceSpan Span, string Name, TypeSyntax? Type, Expression Value) : Statement(Span);

/// <summary><c>require c, "message"</c>.</summary>
public sealed record RequireStatement(SourceSpan Span, Expression Condition, MessageTemplate Message) : Statement(Span);

/// <summary><c>for i in a..b { statements }</c>.</summary>
public sealed record ForStatement(SourceSpan Span, LoopRange Range, BlockExpression Body) : Statement(Span);

/// <summary>An if or a call used for its checks.</summary>
public sealed record ExpressionStatement(SourceSpan Span, Expression Value) : Statement(Span);

/// <summary>A type as written.</summary>
public abstract record TypeSyntax(SourceSpan Span) : Node(Span);

/// <summary><c>int</c>, <c>dec(s)</c>, with bounds and a unit or without.</summary>
public sealed record NumberTypeSyntax(SourceSpan Span, Expression? Scale, Expression? Low, Expression? High, IReadOnlyList<UnitPower> Unit) : TypeSyntax(Span);

/// <summary>One factor of a unit such as <c>USD/BTC^2</c>; behind a <c>/</c> its exponent is negative.</summary>
public sealed record UnitPower(SourceSpan Span, string Name, int Exponent) : Node(Span);

/// <summary><c>bool</c>, <c>field</c>, a type alias or a struct.</summary>
public sealed record NamedTypeSyntax(SourceSpan Span, string Name, IReadOnlyList<Expression> Generics) : TypeSyntax(Span);

/// <summary><c>[T; N]</c>.</summary>
public sealed record ArrayTypeSyntax(SourceSpan Span, TypeSyntax Element, Expression Length) : TypeSyntax(Span);

/// <summary><c>tree&lt;D, T&gt;</c>, of 4^D leaves.</summary>
public sealed record TreeTypeSyntax(SourceSpan Span, Expression Depth, TypeSyntax Leaf) : TypeSyntax(Span);

/// <summary>Something with a name at the top level.</summary>
public abstract record Declaration(SourceSpan Span, string Name, SourceSpan NameSpan) : Node(Span);

/// <summary><c>const N: T = e</c>.</summary>
public sealed record ConstDeclaration(SourceSpan Span, string Name, SourceSpan NameSpan, TypeSyntax? Type, Expression Value) : Declaration(Span, Name, NameSpan);

/// <summary><c>unit USD</c>.</summary>
public sealed record UnitDeclaration(SourceSpan Span, string Name, SourceSpan NameSpan) : Declaration(Span, Name, NameSpan);

/// <summary><c>type T = …</c>.</summary>
public sealed record TypeDeclaration(SourceSpan Span, string Name, SourceSpan NameSpan, TypeSyntax Type) : Declaration(Span, Name, NameSpan);

/// <summary>A named and typed member: a struct's field, a parameter.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsPublic">Whether it is a public parameter.</param>
/// <param name="IsHashed">Whether the verifier sees the digest of a public parameter alone.</param>
/// <param name="IsState">Whether it is a tree of which the verifier sees the root.</param>
public sealed record Parameter(SourceSpan Span, string Name, TypeSyntax Type, bool IsPublic, bool IsHashed = false, bool IsState = false) : Node(Span);

/// <summary><c>struct S&lt;N&gt; { f: T }</c>.</summary>
public sealed record StructDeclaration(SourceSpan Span, string Name, SourceSpan NameSpan, IReadOnlyList<string> Generics, IReadOnlyList<Parameter> Fields)
    : Declaration(Span, Name, NameSpan);

/// <summary><c>fn f&lt;N&gt;(x: T) -> R = e</c>.</summary>
public sealed record FunctionDeclaration(
    SourceSpan Span, string Name, SourceSpan NameSpan, IReadOnlyList<string> Generics, IReadOnlyList<Parameter> Parameters, TypeSyntax? Result, Expression Body)
    : Declaration(Span, Name, NameSpan);

/// <summary><c>rule r&lt;N&gt;(public x: T, private y: T) { … }</c>.</summary>
public sealed record RuleDeclaration(
    SourceSpan Span, string Name, SourceSpan NameSpan, IReadOnlyList<string> Generics, IReadOnlyList<Parameter> Parameters, BlockExpression Body)
    : Declaration(Span, Name, NameSpan);

/// <summary><c>test "…" { rule(…) passes }</c> or <c>fails "text"</c>.</summary>
public sealed record TestDeclaration(SourceSpan Span, string Title, IReadOnlyList<Statement> Setup, CallExpression Call, string? ExpectedFailure) : Node(Span);

/// <summary><c>property "…" forall x: T, y: U where c { e }</c>.</summary>
public sealed record PropertyDeclaration(
    SourceSpan Span, string Title, SourceSpan TitleSpan, IReadOnlyList<Parameter> Variables, Expression? Where, BlockExpression Body) : Node(Span);

/// <summary><c>budget rule&lt;N&gt; &lt;= n</c>.</summary>
public sealed record BudgetDeclaration(SourceSpan Span, string Rule, IReadOnlyList<Expression> Generics, Expression Limit) : Node(Span);

/// <summary><c>import "path"</c>.</summary>
public sealed record ImportDeclaration(SourceSpan Span, string Path) : Node(Span);

/// <summary>A parsed file.</summary>
public sealed record CircuitFile(
    SourceFile Source,
    IReadOnlyList<ImportDeclaration> Imports,
    IReadOnlyList<Declaration> Declarations,
    IReadOnlyList<TestDeclaration> Tests,
    IReadOnlyList<PropertyDeclaration> Properties,
    IReadOnlyList<BudgetDeclaration> Budgets);
