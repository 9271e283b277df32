using System.Globalization;

namespace Prover.Language.Tests;

/// <summary>Trees as short texts, so that a test can say which tree a text must give.</summary>
internal static class Shape
{
    /// <summary>The shape of the only constant's value in a text that must parse.</summary>
    public static string Of(string expression) => Of(Syntax.Accept<ConstDeclaration>($"const X = {expression}\n").Value);

    public static string Of(Expression? node) => node switch
    {
        null => "()",
        NumberLiteral { Scale: 0 } number => number.Raw.ToString(CultureInfo.InvariantCulture),
        NumberLiteral number => $"{number.Raw}e-{number.Scale}",
        BooleanLiteral boolean => boolean.Value ? "true" : "false",
        NameExpression name => name.Name,
        UnaryExpression unary => $"({unary.Operator} {Of(unary.Operand)})",
        BinaryExpression binary => $"({binary.Operator} {Of(binary.Left)} {Of(binary.Right)})",
        IfExpression choice => $"(if {Of(choice.Condition)} {Of(choice.Then)} {Of(choice.Else)})",
        BlockExpression block => $"{{{string.Concat(block.Statements.Select(statement => Of(statement) + "; "))}{(block.Result is null ? "" : Of(block.Result))}}}",
        CallExpression call => $"({call.Name}{Generics(call.Generics)}{string.Concat(call.Arguments.Select(argument => " " + Of(argument)))})",
        RoundExpression { Divisor: null } round => $"(round {Of(round.Value)} to {Of(round.Scale)} {round.Mode})",
        RoundExpression round => $"(div {Of(round.Value)} {Of(round.Divisor)} to {Of(round.Scale)} {round.Mode})",
        NarrowExpression narrow => $"(narrow {Of(narrow.Value)} {Of(narrow.Type)} {Of(narrow.Message)})",
        MemberExpression member => $"(. {Of(member.Target)} {member.Name})",
        IndexExpression index => $"(at {Of(index.Target)} {Of(index.Index)})",
        WithExpression with => $"(with {Of(with.Target)}{Of(with.Updates)})",
        StructLiteral literal => $"(new {literal.Name}{Generics(literal.Generics)}{Of(literal.Fields)})",
        ArrayLiteral array => $"[{string.Join(' ', array.Elements.Select(Of))}]",
        RepeatExpression repeat => $"[{Of(repeat.Value)} ; {Of(repeat.Count)}]",
        OverRange over => $"({over.Operator} {Of(over.Range)} {Of(over.Body)})",
        FoldExpression fold => $"(fold {fold.Accumulator} {Of(fold.Initial)} {Of(fold.Range)} {Of(fold.Body)})",
        _ => throw new ArgumentException(node.GetType().Name, nameof(node)),
    };

    public static string Of(Statement statement) => statement switch
    {
        LetStatement let => $"let {let.Name}{(let.Type is null ? "" : ": " + Of(let.Type))} = {Of(let.Value)}",
        RequireStatement require => $"require {Of(require.Condition)} {Of(require.Message)}",
        ForStatement loop => $"for {Of(loop.Range)} {Of(loop.Body)}",
        ExpressionStatement expression => Of(expression.Value),
        _ => throw new ArgumentException(statement.GetType().Name, nameof(statement)),
    };

    public static string Of(TypeSyntax type) => type switch
    {
        NumberTypeSyntax number => (number.Scale is null ? "int" : $"dec({Of(number.Scale)})") + (number.Low is null ? "" : $"[{Of(number.Low)} .. {Of(number.High)}]")
            + string.Concat(number.Unit.Select(factor => $" {factor.Name}^{factor.Exponent}")),
        NamedTypeSyntax named => named.Name + Generics(named.Generics),
        TreeTypeSyntax tree => $"tree<{Of(tree.Depth)}, {Of(tree.Leaf)}>",
        ArrayTypeSyntax array => $"[{Of(array.Element)}; {Of(array.Length)}]",
        _ => throw new ArgumentException(type.GetType().Name, nameof(type)),
    };

    public static string Of(LoopRange range) => $"{range.Variable}:{Of(range.From)}..{Of(range.To)}";

    private static string Of(MessageTemplate message) =>
        $"\"{string.Concat(message.Texts.Select((text, i) => text + (i < message.Values.Count ? $"{{{Of(message.Values[i])}}}" : "")))}\"";

    private static string Of(IEnumerable<Update> updates) =>
        string.Concat(updates.Select(update => $" {update.Field ?? $"[{Of(update.Index)}]"}={Of(update.Value)}"));

    private static string Generics(IReadOnlyList<Expression> generics) => generics.Count == 0 ? "" : $"<{string.Join(' ', generics.Select(Of))}>";
}
