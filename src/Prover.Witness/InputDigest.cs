using Prover.Primitives;

namespace Prover.Witness;

/// <summary>The public input that stands for a rule's hashed parameters: a Poseidon chain over their raw values in the order of their declaration.</summary>
public static class InputDigest
{
    /// <summary>Its name.</summary>
    public const string Name = "digest";

    /// <summary>The hash of the hashed inputs, or null if the circuit has no digest.</summary>
    /// <param name="inputs">A circuit's inputs.</param>
    /// <param name="values">One value for each input.</param>
    public static Fr? Of(IReadOnlyList<CircuitInput> inputs, ReadOnlySpan<Fr> values)
    {
        List<Fr> words = [];
        var hasDigest = false;
        for (var i = 0; i < inputs.Count; i++)
        {
            hasDigest |= inputs[i].Origin == InputOrigin.Digest;
            if (inputs[i].Origin == InputOrigin.Hashed)
            {
                words.Add(values[i]);
            }
        }

        return hasDigest ? Poseidon.Chain(words.ToArray()) : null;
    }

    /// <summary>Computes the digest in its place.</summary>
    /// <param name="inputs">A circuit's inputs.</param>
    /// <param name="values">One value for each input.</param>
    /// <param name="isGiven">Whether the digest's value is already there, to be compared.</param>
    /// <exception cref="InputException">The given digest is that of other values.</exception>
    internal static void Complete(IReadOnlyList<CircuitInput> inputs, Span<Fr> values, bool isGiven)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Origin == InputOrigin.Digest && Of(inputs, values) is { } digest)
            {
                values[i] = !isGiven || values[i] == digest
                    ? digest
                    : throw new InputException($"input {inputs[i].Name}: the hashed inputs have the digest {digest}, got {values[i]}; it may be left out");
            }
        }
    }
}
