using System.Numerics;
using Prover.Algebra;

namespace Prover.Chain;

/// <summary>How <see cref="BatchSubmission.ToCalldata"/> lays a submission out, for telling a damaged one.</summary>
/// <remarks>
/// Behind the selector, in words: shape, time, new root, digest, deposits, closes, exits, the place of the data words, eight coordinates; then the number of
/// data words and the words.
/// </remarks>
public static class SubmissionLayout
{
    private const int SelectorLength = 4;
    private const int NewRoot = 2;
    private const int Digest = 3;
    private const int PlaceOfWords = 7;
    private const int Coordinates = 8;
    private const int CoordinateCount = 8;
    private const int CountOfWords = Coordinates + CoordinateCount;
    private const int FirstWord = CountOfWords + 1;

    /// <summary>Whether calldata begins as a call of submitBatch.</summary>
    public static bool IsSubmission(ReadOnlySpan<byte> calldata) => calldata.StartsWith(Keccak.Selector(BatchSubmission.Signature));

    /// <summary>What is wrong with the arguments of a call of submitBatch; null if a submission can have them.</summary>
    public static string? FindMistake(ReadOnlySpan<byte> calldata)
    {
        if (calldata.Length < LengthOf(words: 0))
        {
            return $"a call of submitBatch has at least {LengthOf(words: 0):N0} bytes, this one has {calldata.Length:N0}.";
        }

        var arguments = calldata[SelectorLength..];
        var place = Read(arguments, PlaceOfWords);
        if (place != CountOfWords * AbiWriter.WordLength)
        {
            return $"the data words of submitBatch begin at byte {CountOfWords * AbiWriter.WordLength} of its arguments, not at {place}.";
        }

        var count = Read(arguments, CountOfWords);
        if (calldata.Length != LengthOf(count))
        {
            return $"with {count} data words a call of submitBatch has {LengthOf(count)} bytes, this one has {calldata.Length:N0}.";
        }

        for (var i = 0; i < FirstWord + (int)count; i++)
        {
            var (bound, field) = i is >= Coordinates and < CountOfWords ? (Fq.Modulus, "q") : (Fr.Modulus, "r");
            if (i is NewRoot or Digest or >= Coordinates && Read(arguments, i) >= bound)
            {
                return $"argument word {i} of submitBatch must be below {field}, it is {Read(arguments, i)}.";
            }
        }

        return null;
    }

    private static BigInteger LengthOf(BigInteger words) => SelectorLength + ((FirstWord + words) * AbiWriter.WordLength);

    private static BigInteger Read(ReadOnlySpan<byte> arguments, int word) =>
        new(arguments.Slice(word * AbiWriter.WordLength, AbiWriter.WordLength), isUnsigned: true, isBigEndian: true);
}
