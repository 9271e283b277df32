namespace Prover.Bench;

/// <summary>
/// A chain of SHA-256 compressions h ← compress(h, h‖h): nearly every wire is a bit. The first state's bits are private, the last state's words public.
/// </summary>
/// <remarks>
/// As circomlib's SHA-256: exclusive ors, choices and majorities of bits take one or two rows each, and each sum's bits and carries are held to be bits.
/// A sum is tied to its bits by a linear row, which circom -O2 would fold away.
/// <code>
/// wires   0: one   1 … 8: the last state   9 … 264: the bits of the first   then each round's bits
/// </code>
/// </remarks>
public static class Sha256Chain
{
    /// <summary>Rows of a compression: 64 rounds, 48 words that extend the message, 8 sums.</summary>
    public const int RowsOfCompression = (Sha256Constants.Rounds * RowsOfRound) + ((Sha256Constants.Rounds - MessageWords) * RowsOfExtension) + RowsOfFeedForward;

    /// <summary>Least log₂ of a domain: one round fits.</summary>
    public const int SmallestLogSize = 10;

    private const int StateWords = 8;
    private const int MessageWords = 16;
    private const int RowsOfSum = Word.Bits + 2;

    // Two Σ, Choice and Majority; T1 with two more carries than the sums of two.
    private const int RowsOfRound = 64 + 64 + 32 + 64 + (4 * RowsOfSum) + 2;

    // σ0 and σ1, and a sum of four.
    private const int RowsOfExtension = (64 - 3) + (64 - 10) + RowsOfSum + 1;
    private const int RowsOfFeedForward = StateWords * RowsOfSum;

    // Bits of the first state, words of the last.
    private const int RowsOfEnds = (StateWords * Word.Bits) + StateWords;

    /// <summary>
    /// As many compressions as fit in a domain of 2^<paramref name="logSize"/> points, which also holds rows for the constant and the public wires; if none
    /// fits, a single one of as many rounds as do.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not even one round fits: <paramref name="logSize"/> is below 10.</exception>
    public static Profile Build(int logSize)
    {
        var (compressions, rounds) = Lengths(logSize);
        var rows = new WordRows(StateWords);
        var state = new Word[StateWords];
        for (var i = 0; i < StateWords; i++)
        {
            state[i] = rows.Input(Sha256Constants.InitialState[i]);
        }

        for (var i = 0; i < compressions; i++)
        {
            Compress(rows, state, rounds);
        }

        for (var i = 0; i < StateWords; i++)
        {
            rows.Number(1 + i, state[i]);
        }

        return rows.Build("bits", publicOutputs: StateWords, privateInputs: StateWords * Word.Bits);
    }

    /// <summary>How many compressions are in the chain for a domain, and how many rounds each of them has.</summary>
    internal static (int Compressions, int Rounds) Lengths(int logSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logSize, SmallestLogSize);
        var left = (1 << logSize) - 1 - StateWords - RowsOfEnds;
        if (left >= RowsOfCompression)
            return (left / RowsOfCompression, Sha256Constants.Rounds);

        left -= RowsOfFeedForward;
        var rounds = Math.Min(left / RowsOfRound, MessageWords);
        left -= rounds * RowsOfRound;
        return (1, rounds == MessageWords ? rounds + (left / (RowsOfRound + RowsOfExtension)) : rounds);
    }

    /// <summary>FIPS 180-4, §6.2.2, of the message state‖state.</summary>
    private static void Compress(WordRows rows, Word[] state, int rounds)
    {
        Span<Word> message = stackalloc Word[Math.Max(rounds, MessageWords)];
        state.CopyTo(message);
        state.CopyTo(message[StateWords..]);
        for (var t = MessageWords; t < rounds; t++)
        {
            var late = rows.RotationsAndShift(message[t - 2], 17, 19, 10);
            var early = rows.RotationsAndShift(message[t - 15], 7, 18, 3);
            message[t] = rows.Sum(null, late, message[t - 7], early, message[t - 16]);
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var t = 0; t < rounds; t++)
        {
            var t1 = rows.Sum(Sha256Constants.Round[t], h, rows.Rotations(e, 6, 11, 25), rows.Choice(e, f, g), message[t]);
            var t2 = rows.Sum(null, rows.Rotations(a, 2, 13, 22), rows.Majority(a, b, c));
            (h, g, f, e) = (g, f, e, rows.Sum(null, d, t1));
            (d, c, b, a) = (c, b, a, rows.Sum(null, t1, t2));
        }

        ReadOnlySpan<Word> last = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < StateWords; i++)
        {
            state[i] = rows.Sum(null, state[i], last[i]);
        }
    }
}
