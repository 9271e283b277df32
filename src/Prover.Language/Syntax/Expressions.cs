using System.Numerics;

namespace Prover.Language;

/// <summary>Any node of a program that stands somewhere in a text.</summary>
public abstract record Node(SourceSpan Span);

/// <summary>Something that has a value.</summary>
public abstract record Expression(SourceSpan Span) : Node(Span);

/// <summary>A number: raw · 10^−scale.</summary>
public sealed record NumberLiteral(SourceSpan Span, BigInteger Raw, int Scale) : Expression(Span);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanLiteral(SourceSpan Span, bool Value) : Expression(Span);

/// <summary>A variable, constant or generic parameter.</summary>
public sealed record NameExpression(SourceSpan Span, string Name) : Expression(Span);

/// <summary><c>-x</c> or <c>not x</c>.</summary>
public sealed record UnaryExpression(SourceSpan Span, string Operator, Expression Operand) : Expression(Span);

/// <summary>Arithmetic, comparison or logic.</summary>
public sealed record BinaryExpression(SourceSpan Span, string Operator, Expression Left, Expression Right) : Expression(Span);

/// <summary>A choice between two values, or, with unit branches, guarded statements.</summary>
public sealed record IfExpression(SourceSpan Span, Expression Condition, Expression Then, Expression? Else) : Expression(Span);

/// <summary>Statements and then a value; without a result its value is unit.</summary>
public sealed record BlockExpression(SourceSpan Span, IReadOnlyList<Statement> Statements, Expression? Result) : Expression(Span);

/// <summary>A call of a function, a rule (in tests) or a built-in.</summary>
public sealed record CallExpression(SourceSpan Span, string Name, IReadOnlyList<Expression> Generics, IReadOnlyList<Expression> Arguments) : Expression(Span);

/// <summary><c>round(x, to s, mode)</c>, or with a divisor <c>div(x, y, to s, mode)</c>.</summary>
public sealed record RoundExpression(SourceSpan Span, Expression Value, Expression? Divisor, Expression Scale, string Mode) : Expression(Span);

/// <summary><c>narrow(x, T, "message")</c>.</summary>
public sealed record NarrowExpression(SourceSpan Span, Expression Value, TypeSyntax Type, MessageTemplate Message) : Expression(Span);

/// <summary><c>x.f</c>.</summary>
public sealed record MemberExpression(SourceSpan Span, Expression Target, string Name) : Expression(Span);

/// <summary><c>xs[i]</c>.</summary>
public sealed record IndexExpression(SourceSpan Span, Expression Target, Expression Index) : Expression(Span);

/// <summary>One replacement of a <c>with</c>: a field by name or an element by index.</summary>
public sealed record Update(SourceSpan Span, string? Field, Expression? Index, Expression Value) : Node(Span);

/// <summary><c>x with { f: v, [i]: w }</c>.</summary>
public sealed record WithExpression(SourceSpan Span, Expression Target, IReadOnlyList<Update> Updates) : Expression(Span);

/// <summary><c>Name&lt;N&gt; { f: v }</c>.</summary>
public sealed record StructLiteral(SourceSpan Span, string Name, IReadOnlyList<Expression> Generics, IReadOnlyList<Update> Fields) : Expression(Span);

/// <summary><c>[a, b, c]</c>.</summary>
public sealed record ArrayLiteral(SourceSpan Span, IReadOnlyList<Expression> Elements) : Expression(Span);

/// <summary><c>[x; N]</c>.</summary>
public sealed record RepeatExpression(SourceSpan Span, Expression Value, Expression Count) : Expression(Span);

/// <summary>The half-open range of a loop variable.</summary>
public sealed record LoopRange(SourceSpan Span, string Variable, Expression From, Expression To) : Node(Span);

/// <summary><c>[i in a..b: e]</c> (operator "array") or <c>sum(i in a..b: e)</c> and its like.</summary>
public sealed record OverRange(SourceSpan Span, string Operator, LoopRange Range, Expression Body) : Expression(Span);

/// <summary><c>fold s = init for i in a..b { … }</c>.</summary>
public sealed record FoldExpression(SourceSpan Span, string Accumulator, Expression Initial, LoopRange Range, Expression Body) : Expression(Span);

/// <summary>A message with values: texts and expressions alternate, texts first and last.</summary>
public sealed record MessageTemplate(SourceSpan Span, IReadOnlyList<string> Texts, IReadOnlyList<Expression> Values) : Node(Span);
