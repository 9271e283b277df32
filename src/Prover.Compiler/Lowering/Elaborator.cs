using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// Walks the tree of one rule instance and asks a builder for the signals it needs: generics become numbers, loops are unrolled,
/// calls are expanded, and every number carries the interval of the values it can have.
/// </summary>
internal sealed partial class Elaborator(CircuitProgram program, CircuitBuilder builder, string instanceName, FragmentTable? fragments = null)
{
    /// <summary>More inputs than a rule may have are counted with fewer bits.</summary>
    private const int DecisionBits = 21;

    private readonly FragmentTable _fragments = fragments ?? new();
    private readonly HashSet<string> _constantsInProgress = new(StringComparer.Ordinal);
    private Guard? _guard;
    private Frame? _frame;
    private readonly StateLog _unread = new();
    private int _decisionsMet;

    /// <summary>
    /// Values for the inputs by name. With them the same walk is an exact interpreter: everything is known, nothing becomes a wire,
    /// and what is required of the constants is what the rule requires of these inputs. Needs <see cref="Decisions"/>.
    /// </summary>
    public IReadOnlyDictionary<string, Fr>? KnownInputs { get; init; }

    /// <summary>
    /// For each condition met, in order, whether it was known when the circuit was compiled. An exact interpreter, to which every condition
    /// is known, needs the list of the compilation: what a choice checks and the scale of its value must not depend on the inputs.
    /// </summary>
    public List<bool> Decisions { get; init; } = [];

    /// <summary>Gets the value of every expression, if somebody wants to know.</summary>
    public ProgramFacts? Facts { get; init; }

    /// <summary>Elaborates a rule: its parameters become inputs, its statements constraints.</summary>
    public void ElaborateRule(RuleDeclaration rule, IReadOnlyList<BigInteger> generics)
    {
        var scope = BindGenerics(rule.Generics, generics, rule.NameSpan);
        Complete(() => Evaluate(rule.Body, DeclareParameters(rule, scope)));
    }

    /// <summary>Computes constants, also those that nothing uses yet.</summary>
    public void CheckConstants(IEnumerable<ConstDeclaration> constants) => Complete(() =>
    {
        foreach (var constant in constants)
        {
            Attempt(new NameExpression(constant.NameSpan, constant.Name), null);
        }

        return constants;
    });

    /// <summary>The value of a constant.</summary>
    public Value Evaluate(ConstDeclaration constant) =>
        _fragments.Constants.TryGetValue(constant.Name, out var known) ? known : Complete(() => EvaluateConst(constant, constant.NameSpan));

    /// <summary>Runs statements and returns the scope behind them.</summary>
    private Scope? Bind(IEnumerable<Statement> statements, Scope? scope)
    {
        foreach (var statement in statements)
        {
            var place = CurrentPlace;
            ElaborationException met;
            try
            {
                scope = Execute(statement, scope);
                continue;
            }
            catch (ElaborationException error) when (CanRecoverFrom(error))
            {
                met = error;
            }

            Recover(met, place);
            scope = statement is LetStatement let ? new(let.Name, Value.Poison, scope, let.Value.Span) : scope;
        }

        return scope;
    }

    /// <summary>The values of generic arguments.</summary>
    private BigInteger[] EvaluateGenerics(IReadOnlyList<Expression> arguments, Scope? scope) =>
        [.. arguments.Select(argument => EvaluateInteger(argument, scope, "a generic argument"))];

    private Scope? BindGenerics(IReadOnlyList<string> names, IReadOnlyList<BigInteger> values, SourceSpan place)
    {
        if (names.Count != values.Count)
        {
            throw new ArgumentException($"{Count(names.Count, "generic argument")} needed, not {values.Count}.", nameof(values));
        }

        Scope? scope = null;
        for (var i = 0; i < names.Count; i++)
        {
            scope = new(names[i], Scalar.Number(values[i]), scope, place);
        }

        return scope;
    }

    private Value DeclareInput(ResolvedType type, string path, Parameter parameter)
    {
        switch (type)
        {
            case BooleanType:
                return Scalar.Of(Declare(Interval.Bit, 0, isBoolean: true), ScalarKind.Boolean);
            case FieldType:
                return Scalar.Of(Declare(null, 0), ScalarKind.Field);
            case NumberType { Bounds: { } bounds } number:
                return Scalar.Of(Declare(bounds, number.Scale), ScalarKind.Number, number.Scale).WithUnit(number.Unit);
            case ArrayType array:
                return new ArrayValue([.. Enumerable.Range(0, array.Length).Select(i => DeclareInput(array.Element, $"{path}[{i}]", parameter))]);
            case StructType structure:
                return new StructValue(
                    structure.Declaration,
                    structure.Generics,
                    [.. structure.Fields.Select((field, i) => DeclareInput(field, $"{path}.{structure.Declaration.Fields[i].Name}", parameter))]);
            default:
                throw Error("R0206", $"'{path}' has type {type}; inputs need bounds, such as int[0 .. 2^64 - 1]", parameter.Type.Span, "no bounds");
        }

        Signal Declare(Interval? range, int scale, bool isBoolean = false) => DeclareScalar(
            path, parameter.IsPublic && !parameter.IsHashed, range, scale, isBoolean, parameter.IsHashed ? InputOrigin.Hashed : InputOrigin.Given);
    }

    private Signal DeclareScalar(string path, bool isPublic, Interval? range, int scale, bool isBoolean = false, InputOrigin origin = InputOrigin.Given) =>
        KnownInputs is null ? builder.Input(path, isPublic, range, scale, isBoolean, origin) : builder.KnownInput(path, KnownInputs[path], range, scale);

    /// <summary>Whether a condition is known when the circuit is compiled, so that only one side of the choice exists.</summary>
    private bool IsDecided(Scalar condition)
    {
        if (KnownInputs is not null)
        {
            return Decisions[_decisionsMet++];
        }

        Decisions.Add(condition.IsKnown);
        return condition.IsKnown;
    }

    /// <summary>A number that depends on what was known when the circuit was compiled, kept among the decisions bit by bit.</summary>
    private int Decide(int number)
    {
        if (KnownInputs is null)
        {
            Decisions.AddRange(Enumerable.Range(0, DecisionBits).Select(bit => ((number >> bit) & 1) != 0));
            return number;
        }

        var decided = 0;
        for (var bit = 0; bit < DecisionBits; bit++)
        {
            decided |= Decisions[_decisionsMet++] ? 1 << bit : 0;
        }

        return decided;
    }

    /// <summary>Where to write down what is done to states. An exact interpreter has no inputs that could be found, so nobody reads what it writes.</summary>
    private StateLog States => KnownInputs is null ? builder.States : _unread;

    private Signal CurrentGuard => Guard.Of(_guard, builder);

    private Requirement Requirement(string message, SourceSpan span) =>
        new(message.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), [], span, instanceName);

    /// <summary>"1 argument", "2 arguments".</summary>
    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Where the name that an expression begins with got its value, unless that is where the expression stands.</summary>
    private static IEnumerable<Label> Origin(Expression expression, Scope? scope)
    {
        var root = expression;
        while (root is MemberExpression or IndexExpression)
        {
            root = root is MemberExpression member ? member.Target : ((IndexExpression)root).Target;
        }

        return root is NameExpression name && Scope.Find(scope, name.Name, out _) is { Place.File: not null } found
            ? [new(found.Place, $"'{name.Name}' comes from here")]
            : [];
    }

    private ElaborationException Error(string code, string message, SourceSpan span, string label, string? help = null, params Label[] secondary)
    {
        List<Label> labels = [.. secondary];
        var frame = _frame;
        for (var depth = 0; frame is not null && depth < 4; depth++, frame = frame.Caller)
        {
            labels.Add(new(frame.Call, $"in {frame.Function.Name}, called here"));
        }

        return new(new Diagnostic(code, message, new(span, label), labels, help));
    }
}
