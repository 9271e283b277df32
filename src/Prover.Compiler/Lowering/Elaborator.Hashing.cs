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

            var value = DeclareInput(ResolveType(parameter.Type, scope), parameter.Name, parameter);
            scope = new(parameter.Name, value, scope, parameter.Span);
            if (parameter.IsHashed)
            {
                CollectWords(value, words);
            }
        }

        if (digest is not null)
        {
            RequireDigest(rule.Parameters.First(parameter => parameter.IsHashed).Span, digest, words);
        }

        return scope;
    }

    private void RequireDigest(SourceSpan place, Scalar digest, List<Scalar> words)
    {
        if (program.Find(ChainFunction) is not FunctionDeclaration)
        {
            throw Error("R0215", $"hashed parameters need the function {ChainFunction}", place, "hashed", "import \"poseidon.circuit\", a file of circuits/std, declares it");
        }

        // No program can declare a name with a blank in it.
        const string Words = "hashed words";
        var scope = new Scope(Words, new ArrayValue([.. words]), null, place);
        var hash = EvaluateScalar(new CallExpression(place, ChainFunction, [], [new NameExpression(place, Words)]), scope);
        var name = new NameExpression(place, InputDigest.Name);
        var isEqual = AreEqual(hash, digest, new BinaryExpression(place, "==", name, name));
        using var _ = builder.At(place);
        builder.Require(SignalOf(isEqual), new Requirement("the hashed parameters have another digest, {0}", [new(SignalOf(hash))], place, instanceName));
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
