namespace Prover.Primitives;

/// <summary>The Poseidon hash of 1 to 16 field elements, equal to circomlib's <c>Poseidon(n)</c>.</summary>
/// <remarks>Grassi et al. 2021; the state starts as (0, inputs) and its first element is the hash. Partial rounds are run in their sparse form.</remarks>
public static class Poseidon
{
    /// <summary>Most inputs of one hash.</summary>
    public const int MaximumInputs = PoseidonConstants.MaximumWidth - 1;

    /// <summary>The hash of 1 to 16 elements.</summary>
    /// <exception cref="ArgumentException">There are none or more than 16.</exception>
    public static Fr Hash(params ReadOnlySpan<Fr> inputs)
    {
        if (inputs.Length is 0 or > MaximumInputs)
        {
            throw new ArgumentException($"Poseidon takes 1 to {MaximumInputs} inputs, got {inputs.Length}.", nameof(inputs));
        }

        var constants = PoseidonConstants.ForWidth(inputs.Length + 1);
        Span<Fr> state = stackalloc Fr[constants.Width];
        state[0] = Fr.Zero;
        inputs.CopyTo(state[1..]);
        Permute(constants, state);
        return state[0];
    }

    /// <summary>The hash of any number of words: a chain from 0 that absorbs fifteen at a time, the last block filled up with zeros.</summary>
    /// <remarks>Equal to poseidon_chain in circuits/std. The number of words must be known: it is not hashed.</remarks>
    public static Fr Chain(ReadOnlySpan<Fr> words)
    {
        Span<Fr> block = stackalloc Fr[MaximumInputs];
        block[0] = Fr.Zero;
        for (var start = 0; start < words.Length; start += MaximumInputs - 1)
        {
            var part = words[start..Math.Min(words.Length, start + MaximumInputs - 1)];
            block[1..].Clear();
            part.CopyTo(block[1..]);
            block[0] = Hash(block);
        }

        return block[0];
    }

    private static void Permute(PoseidonConstants constants, Span<Fr> state)
    {
        const int Half = PoseidonConstants.FullRounds / 2;
        Span<Fr> next = stackalloc Fr[state.Length];
        for (var round = 0; round < Half; round++)
        {
            FullRound(constants, round, state, next);
        }

        PartialRounds(constants.Partial.Value, state, next);
        for (var round = 0; round < Half; round++)
        {
            FullRound(constants, Half + constants.PartialRounds + round, state, next);
        }
    }

    private static void FullRound(PoseidonConstants constants, int round, Span<Fr> state, Span<Fr> next)
    {
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = FifthPower(state[i] + constants.RoundConstants[(round * state.Length) + i]);
        }

        Mix(constants.Matrix, state, next);
        next.CopyTo(state);
    }

    private static void PartialRounds(PoseidonPartialRounds partial, Span<Fr> state, Span<Fr> next)
    {
        for (var round = 0; round < partial.Rows.Length; round++)
        {
            var (constants, row, column) = (partial.Constants[round], partial.Rows[round], partial.Columns[round]);
            var box = FifthPower(state[0] + constants[0]);
            var first = row[0] * box;
            for (var i = 1; i < state.Length; i++)
            {
                var element = state[i] + constants[i];
                first += row[i] * element;
                state[i] = element + (column[i - 1] * box);
            }

            state[0] = first;
        }

        Mix(partial.Rest, state[1..], next[1..]);
        next[1..].CopyTo(state[1..]);
    }

    private static void Mix(Fr[] matrix, ReadOnlySpan<Fr> state, Span<Fr> result)
    {
        for (var i = 0; i < result.Length; i++)
        {
            var sum = Fr.Zero;
            for (var j = 0; j < state.Length; j++)
            {
                sum += matrix[(i * state.Length) + j] * state[j];
            }

            result[i] = sum;
        }
    }

    private static Fr FifthPower(Fr x)
    {
        var square = x.Square();
        return square.Square() * x;
    }
}
