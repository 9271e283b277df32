using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private Value EvaluateCall(CallExpression call, Scope? scope)
    {
        if (BuiltIns.Names.Contains(call.Name))
        {
            return EvaluateBuiltIn(call, scope);
        }

        switch (program.Find(call.Name))
        {
            case FunctionDeclaration function:
                return Call(function, call, scope);
            case null:
                throw Error("R0304", $"there is no function '{call.Name}'", NearestName.SpanOf(call.Name, call.Span), "not declared", NearestName.Help(call.Name, program.Names));
            case var other:
                throw Error("R0305", $"'{call.Name}' is not a function", call.Span, "called here", LiteralOf(other), new Label(other.NameSpan, "declared here"));
        }
    }

    private Value Call(FunctionDeclaration function, CallExpression call, Scope? scope)
    {
        for (var frame = _frame; frame is not null; frame = frame.Caller)
        {
            if (ReferenceEquals(frame.Function, function))
            {
                throw Error("R0502", $"'{function.Name}' calls itself; circuits have no recursion", call.Span, "called again here", "fold s = … for i in 0..N { … } repeats a step", new Label(function.NameSpan, "declared here"));
            }
        }

        var (generics, genericScope, arguments) = PrepareCall(function, call, scope);
        return TryPlace(function, generics, genericScope, arguments, call) ?? Expand(function, genericScope, arguments, call);
    }

    /// <summary>The generics of a call, and its arguments as values of the parameters' types.</summary>
    private (BigInteger[] Generics, Scope? GenericScope, Value[] Arguments) PrepareCall(FunctionDeclaration function, CallExpression call, Scope? scope)
    {
        if (call.Arguments.Count != function.Parameters.Count)
        {
            throw Error(
                "R0309",
                $"'{function.Name}' takes {Count(function.Parameters.Count, "argument")}, not {call.Arguments.Count}",
                call.Span,
                "here",
                null,
                new Label(function.NameSpan, "declared here"));
        }

        var arguments = EvaluateAll(call.Arguments, scope);
        var generics = InferGenerics(
            function.Name, function.NameSpan, function.Generics, EvaluateGenerics(call.Generics, scope), function.Parameters, arguments, call.Span);
        var genericScope = BindGenerics(function.Generics, generics, function.NameSpan);
        _frame = new(function, call.Span, _frame);
        var types = function.Parameters.Select(parameter => ResolveType(parameter.Type, genericScope)).ToArray();
        _frame = _frame.Caller;
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Coerce(arguments[i], types[i], call.Arguments[i].Span, function.Parameters[i]);
        }

        return (generics, genericScope, arguments);
    }

    /// <summary>The value of a function for arguments of its parameters' types.</summary>
    private Value Expand(FunctionDeclaration function, Scope? genericScope, IReadOnlyList<Value> arguments, CallExpression call)
    {
        var inner = ParametersOf(function, genericScope, arguments, call);
        var caller = builder.Graph.CurrentCall;
        builder.Graph.CurrentCall = caller?.Callee(function, call.Span);
        _frame = new(function, call.Span, _frame);
        var result = Evaluate(function.Body, inner);
        if (function.Result is { } declared)
        {
            result = Coerce(result, ResolveType(declared, genericScope), function.Body.Span, declared);
        }

        _frame = _frame.Caller;
        builder.Graph.CurrentCall = caller;
        return result;
    }

    private static Scope? ParametersOf(FunctionDeclaration function, Scope? scope, IReadOnlyList<Value> arguments, CallExpression call)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            scope = new(function.Parameters[i].Name, arguments[i], scope, call.Arguments[i].Span);
        }

        return scope;
    }

    /// <summary>The generic arguments: those given, or those that the shapes of the values imply.</summary>
    private BigInteger[] InferGenerics(
        string name, SourceSpan declaration, IReadOnlyList<string> names, BigInteger[] given, IReadOnlyList<Parameter> parameters, IReadOnlyList<Value> values, SourceSpan place)
    {
        if (given.Length > 0 || names.Count == 0)
        {
            return given.Length == names.Count
                ? given
                : throw Error("R0401", $"{name} takes {Count(names.Count, "generic argument")}, not {given.Length}", place, "here", null, new Label(declaration, "declared here"));
        }

        var inferred = new Dictionary<string, BigInteger>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            Infer(parameters[i].Type, values[i], names, inferred);
        }

        return [.. names.Select(generic => inferred.TryGetValue(generic, out var value)
            ? value
            : throw Error("R0401", $"cannot tell the generic argument {generic} of {name}", place, "here", $"give it: {name}<…>(…)", new Label(declaration, "declared here")))];
    }

    private void Infer(TypeSyntax type, Value value, IReadOnlyList<string> names, Dictionary<string, BigInteger> inferred)
    {
        switch (type, value)
        {
            case (ArrayTypeSyntax array, ArrayValue elements):
                Note(array.Length, elements.Elements.Length);
                if (elements.Elements.Length > 0)
                {
                    Infer(array.Element, elements.Elements[0], names, inferred);
                }

                break;
            case (NamedTypeSyntax named, StructValue structure) when named.Generics.Count == structure.Generics.Length:
                for (var i = 0; i < named.Generics.Count; i++)
                {
                    Note(named.Generics[i], structure.Generics[i]);
                }

                break;
        }

        void Note(Expression expression, BigInteger known)
        {
            if (expression is NameExpression name && names.Contains(name.Name))
            {
                inferred.TryAdd(name.Name, known);
            }
        }
    }
}
