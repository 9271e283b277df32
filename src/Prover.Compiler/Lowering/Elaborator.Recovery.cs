using Prover.Language;

namespace Prover.Compiler;

/// <remarks>
/// Behind an error the elaboration goes on with the next statement, and with what stands beside the broken part of an expression. A name
/// whose value could not be computed is poisoned: what uses it ends silently, since the error behind it has been told. A poison lives in
/// scopes only, never inside a value, so no signal is ever made of one; and a builder whose program has an error builds nothing.
/// </remarks>
internal sealed partial class Elaborator
{
    /// <summary>With known inputs the first error ends everything: the same rule has been compiled without one.</summary>
    private bool Recovers => KnownInputs is null;

    /// <summary>Shared with the elaborators of the functions that are placed.</summary>
    private Recovery Recovery { get; init; } = new();

    /// <summary>Runs a whole elaboration.</summary>
    /// <exception cref="ElaborationException">With everything that was found wrong, if anything was.</exception>
    private T Complete<T>(Func<T> elaborate)
        where T : class?
    {
        T? result = null;
        try
        {
            result = elaborate();
        }
        catch (ElaborationException error) when (Recovers)
        {
            Note(error);
        }

        RefuseErrors();
        return result!;
    }

    /// <summary>Ends everything if anything has been found wrong.</summary>
    private void RefuseErrors()
    {
        if (Recovery.Count > 0)
        {
            builder.Refuse();
            throw Recovery.Found.Count > 0
                ? new ElaborationException([.. Recovery.Found])
                : new InvalidOperationException("An elaboration ended without saying why.");
        }
    }

    /// <summary>The value of an expression, or poison if there is none.</summary>
    private Value Attempt(Expression expression, Scope? scope)
    {
        var place = CurrentPlace;
        ElaborationException met;
        try
        {
            return Evaluate(expression, scope);
        }
        catch (ElaborationException error) when (CanRecoverFrom(error))
        {
            met = error;
        }

        Recover(met, place);
        return Value.Poison;
    }

    /// <summary>The scalar of an expression, or null if there is none.</summary>
    private Scalar? AttemptScalar(Expression expression, Scope? scope)
    {
        var place = CurrentPlace;
        ElaborationException met;
        try
        {
            return EvaluateScalar(expression, scope);
        }
        catch (ElaborationException error) when (CanRecoverFrom(error))
        {
            met = error;
        }

        Recover(met, place);
        return null;
    }

    /// <summary>The values of expressions side by side, looked at all of them even if one is wrong.</summary>
    private Value[] EvaluateAll(IReadOnlyList<Expression> expressions, Scope? scope)
    {
        var values = new Value[expressions.Count];
        var place = CurrentPlace;
        var isWrong = false;
        for (var i = 0; i < values.Length; i++)
        {
            ElaborationException met;
            try
            {
                values[i] = Evaluate(expressions[i], scope);
                continue;
            }
            catch (ElaborationException error) when (CanRecoverFrom(error))
            {
                met = error;
            }

            Recover(met, place);
            isWrong = true;
        }

        return isWrong ? throw Told : values;
    }

    /// <summary>Ends an expression of which a part is wrong, which has been told.</summary>
    private static ElaborationException Told => new();

    /// <summary>Ends an expression of which this part is wrong.</summary>
    private static void RefusePoison(Value? part)
    {
        if (ReferenceEquals(part, Value.Poison))
        {
            throw Told;
        }
    }

    private bool CanRecoverFrom(ElaborationException error) => Recovers && !error.IsFinal;

    /// <summary>Notes an error and goes back to the place where it was met. Called behind a catch: within it the stack is as deep as at the throw.</summary>
    private void Recover(ElaborationException error, Place place)
    {
        CurrentPlace = place;
        Note(error);
        if (Recovery.IsSpent)
        {
            throw new ElaborationException { IsFinal = true };
        }
    }

    private void Note(ElaborationException error)
    {
        Recovery.Note(error);
        builder.Refuse();
    }

    /// <summary>Everything that says where in the program the elaboration is.</summary>
    private Place CurrentPlace
    {
        get => new(_depth, _loops, _rounds, _guard, _frame, builder.Graph.CurrentCall, _typesInProgress.Count);
        set
        {
            (_depth, _loops, _rounds, _guard, _frame) = (value.Depth, value.Loops, value.Rounds, value.Guard, value.Frame);
            builder.Graph.CurrentCall = value.Call;
            _typesInProgress.RemoveRange(value.Types, _typesInProgress.Count - value.Types);
        }
    }

    private readonly record struct Place(int Depth, int Loops, long Rounds, Guard? Guard, Frame? Frame, CallTree? Call, int Types);
}
