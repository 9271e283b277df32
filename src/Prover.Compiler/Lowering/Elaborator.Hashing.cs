using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>The function of circuits/std that hashes any number of words.</summary>
    private const string ChainFunction = "poseidon_chain";

    /// <summary>
    /// Makes inputs of a rule's parameters. Hashed ones are private, and one public input, where the first of them stands, must be their digest.
    /// </summary>
    private Scope? DeclareParameters(RuleDeclaration rule, Scope? scope)
    {
        Scalar? digest = null;
        List<Scalar> words = [];
        foreach (var parameter in rule.Parameters)
        {
            using var _ = builder.At(parameter.Span);
            if (parameter.IsHashed && digest is null)
            {
                RefuseOtherDigest(rule, parameter);
                digest = Scalar.Of(DeclareScalar(InputDigest.Name, true, null, 0, origin: InputOrigin.Digest), ScalarKind.Field);
                scope = new(InputDigest.Name, digest, scope, parameter.Span);
            }

            var value = AttemptDeclaration(parameter, scope);
            scope = new(parameter.Name, value, scope, parameter.Span);
            if (parameter.IsHashed && Recovery.Count == 0)
            {
                CollectWords(value, words);
            }
        }

        if (digest is not null && Recovery.Count == 0)
        {
            RequireDigest(rule.Parameters.First(parameter => parameter.IsHashed).Span, digest, words);
        }

        return scope;
    }

    /// <summary>The value of a parameter, or poison if it cannot be an input.</summary>
    private Value AttemptDeclaration(Parameter parameter, Scope? scope)
    {
        var place = CurrentPlace;
        ElaborationException met;
        try
        {
            return parameter.IsState ? DeclareState(parameter, scope) : DeclareInput(ResolveType(parameter.Type, scope), parameter.Name, parameter);
        }
        catch (ElaborationException error) when (CanRecoverFrom(error))
        {
            met = error;
        }

        Recover(met, place);
        return Value.Poison;
    }

    private void RequireDigest(SourceSpan place, Scalar digest, List<Scalar> words)
    {
        if (program.Find(ChainFunction) is not FunctionDeclaration)
        {
            throw Error("R0215", $"hashed parameters need the function {ChainFunction}", place, "hashed", "import \"poseidon.circuit\", a file of circuits/std, declares it");
        }

        var hash = CallStandard(ChainFunction, place, new ArrayValue([.. words]));
        var isEqual = AreEqual(hash, digest, EqualityAt(place));
        using var _ = builder.At(place);
        builder.Require(SignalOf(isEqual), new Requirement("the hashed parameters have another digest, {0}", [new(SignalOf(hash))], place, instanceName));
    }

    /// <summary>The result of a function of circuits/std for values.</summary>
    private Scalar CallStandard(string function, SourceSpan place, params Value[] arguments)
    {
        Scope? scope = null;
        var names = new Expression[arguments.Length];
        for (var i = 0; i < names.Length; i++)
        {
            // No program can declare a name with a blank in it.
            var name = new NameExpression(place, $"argument {i}");
            scope = new(name.Name, arguments[i], scope, place);
            names[i] = name;
        }

        return EvaluateScalar(new CallExpression(place, function, [], names), scope);
    }

    /// <summary>The raw values of all scalars as field elements: those that the witness side hashes, in its order.</summary>
    private void CollectWords(Value value, List<Scalar> words)
    {
        switch (value)
        {
            case ArrayValue array:
                Array.ForEach(array.Elements, element => CollectWords(element, words));
                break;
            case StructValue structure:
                Array.ForEach(structure.Fields, field => CollectWords(field, words));
                break;
            case Scalar scalar:
                words.Add(
                    scalar.Kind == ScalarKind.Field ? scalar
                    : scalar.IsKnown ? Scalar.Field(Fr.FromInteger(scalar.Known))
                    : Scalar.Of(builder.ToField(SignalOf(scalar)), ScalarKind.Field));
                break;
        }
    }

    private void RefuseOtherDigest(RuleDeclaration rule, Parameter hashed)
    {
        var other = rule.Parameters.FirstOrDefault(parameter => parameter.Name == InputDigest.Name);
        if (other is not null || rule.Generics.Contains(InputDigest.Name))
        {
            throw Error(
                "R0311",
                $"'{InputDigest.Name}' is the name of the hash of the hashed parameters",
                other?.Span ?? rule.NameSpan,
                "choose another name",
                null,
                new Label(hashed.Span, "hashed here"));
        }
    }
}
