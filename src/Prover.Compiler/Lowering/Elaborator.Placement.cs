using System.Globalization;
using System.Numerics;
using System.Text;
using Prover.Language;

namespace Prover.Compiler;

/// <remarks>
/// A call within a loop is compiled once for all rounds that hand over the same constants and intervals, and its rows are then placed round by
/// round: sixty-four trades cost the compiler one. Functions of few rows are expanded instead, because a placed function shares nothing with
/// its caller but what it is handed: arguments, and the bits that the caller has of them.
/// </remarks>
internal sealed partial class Elaborator
{
    /// <summary>Loops around the present place within this function or rule.</summary>
    private int _loops;

    /// <summary>The call as a placement, or null if it has to be expanded.</summary>
    private Value? TryPlace(FunctionDeclaration function, BigInteger[] generics, Scope? genericScope, Value[] arguments, CallExpression call)
    {
        if (_loops == 0 || KnownInputs is not null || _fragments.IsSmall(function, generics) || CircuitBuilder.IsFalse(CurrentGuard))
        {
            return null;
        }

        List<Signal> unknowns = CurrentGuard.IsConstant ? [] : [CurrentGuard];
        var guards = unknowns.Count;
        foreach (var argument in arguments)
        {
            argument.ForEach(scalar =>
            {
                if (!scalar.IsKnown)
                {
                    unknowns.Add(SignalOf(scalar));
                }
            });
        }

        if (unknowns.Count == guards)
        {
            return null;
        }

        var key = KeyOf(Instance.NameOf(function.Name, generics), arguments);
        var fragment = _fragments.Find(key) ?? Compile(function, generics, genericScope, arguments, call, key);
        if (fragment is null)
        {
            return null;
        }

        Charge(arguments.Sum(argument => argument.Size), call.Span);
        Decisions.AddRange(fragment.Decisions);
        using var _ = builder.At(call.Span);
        return builder.Place(fragment, unknowns);
    }

    /// <summary>Compiles a function by itself; null if it is small.</summary>
    private Fragment? Compile(FunctionDeclaration function, BigInteger[] generics, Scope? genericScope, Value[] arguments, CallExpression call, string key)
    {
        var own = new CircuitBuilder();
        own.Graph.CurrentSpan = builder.Graph.CurrentSpan;
        own.Graph.CurrentCall = builder.Graph.CurrentCall is null ? null : CallTree.OfFragment();
        var elaborator = new Elaborator(program, own, instanceName, _fragments)
        {
            MaximumVariables = MaximumVariables - builder.Graph.VariableCount,
            Recovery = Recovery,
            Facts = Facts,
            _frame = _frame,
            _depth = _depth,
            _rounds = _rounds,
        };
        var number = 0;
        if (!CurrentGuard.IsConstant)
        {
            elaborator._guard = new(null, own.Formal(number++, Interval.Bit, null));
        }

        Value[] formals = [.. arguments.Select(argument => argument.Map(scalar =>
            scalar.IsKnown ? scalar : scalar.WithSignal(own.Formal(number++, SignalOf(scalar).Interval, builder.Graph.DecompositionBound(SignalOf(scalar).Wires)))))];
        var errors = Recovery.Count;
        var result = elaborator.Expand(function, genericScope, formals, call);
        _work += elaborator._work;
        if (Recovery.Count > errors)
        {
            builder.Refuse();
            throw Told;
        }

        if (own.Graph.RowCount < _fragments.FewestRows || result.Size > MaximumSize)
        {
            _fragments.MarkSmall(function, generics);
            return null;
        }

        var fragment = own.BuildFragment(Instance.NameOf(function.Name, generics), result, elaborator.Decisions);
        _fragments.Add(key, fragment);
        return fragment;
    }

    /// <summary>Everything of a call that its rows depend on.</summary>
    private string KeyOf(string name, Value[] arguments)
    {
        var key = new StringBuilder(name).Append(CurrentGuard.IsConstant ? "" : " guarded");
        foreach (var argument in arguments)
        {
            key.Append(CultureInfo.InvariantCulture, $" {argument.Describe()}:");
            argument.ForEach(scalar =>
            {
                key.Append(CultureInfo.InvariantCulture, $" {scalar.Kind} {scalar.Scale} ");
                _ = scalar.IsKnown
                    ? key.Append(CultureInfo.InvariantCulture, $"= {(scalar.Kind == ScalarKind.Field ? scalar.KnownField.ToInteger() : scalar.Known)}")
                    : key.Append(CultureInfo.InvariantCulture, $"{SignalOf(scalar).Interval} {builder.Graph.DecompositionBound(SignalOf(scalar).Wires)}");
            });
        }

        return key.ToString();
    }
}
