using System.Numerics;

namespace Prover.Backends.Cpu;

/// <summary>Scalars of a table of bases, some of which may have no base there.</summary>
/// <param name="Signed">The scalars.</param>
/// <param name="First">The number of the scalar that the table's first base belongs to.</param>
/// <param name="Finite">Which bases are finite, or null if all are.</param>
internal readonly record struct TableScalars(SignedScalars Signed, int First, FinitePoints? Finite)
{
    /// <summary>The digits of one window for a range of places, and the indices of their bases; digits of scalars without a base there are 0.</summary>
    /// <param name="window">Number of the window.</param>
    /// <param name="bits">Bits of a digit.</param>
    /// <param name="from">The first place.</param>
    /// <param name="offset">Number of the table's first base among all bases.</param>
    /// <param name="digits">Receives the digits.</param>
    /// <param name="signedIndices">Receives the bases' numbers, complemented if the scalar counts negatively.</param>
    public void Digits(int window, int bits, int from, int offset, Span<int> digits, Span<int> signedIndices)
    {
        Signed.Digits(window, bits, from, digits);
        var indices = Signed.SignedIndices.Slice(from, digits.Length);
        if (Finite is null)
            Shift(indices, offset, digits, signedIndices);
        else
            Select(indices, offset, Finite, digits, signedIndices);
    }

    /// <summary>~(~i + offset) = i − offset, so that a complemented index is shifted the other way.</summary>
    private void Shift(ReadOnlySpan<int> indices, int offset, Span<int> digits, Span<int> shifted)
    {
        var shift = offset - First;
        var i = 0;
        for (; i <= indices.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            var index = new Vector<int>(indices[i..]);
            var sign = Vector.ShiftRightArithmetic(index, 31);
            (index + ((new Vector<int>(shift) ^ sign) - sign)).CopyTo(shifted[i..]);
            if (First > 0)
                (new Vector<int>(digits[i..]) & Vector.GreaterThanOrEqual(index ^ sign, new Vector<int>(First))).CopyTo(digits[i..]);
        }

        for (; i < indices.Length; i++)
        {
            var sign = indices[i] >> 31;
            shifted[i] = indices[i] + ((shift ^ sign) - sign);
            if ((indices[i] ^ sign) < First)
                digits[i] = 0;
        }
    }

    private void Select(ReadOnlySpan<int> indices, int offset, FinitePoints finite, Span<int> digits, Span<int> shifted)
    {
        var shift = offset - First;
        for (var i = 0; i < indices.Length; i++)
        {
            var sign = indices[i] >> 31;
            shifted[i] = indices[i] + ((shift ^ sign) - sign);
            var index = (indices[i] ^ sign) - First;
            if (index < 0 || !finite[index])
                digits[i] = 0;
        }
    }
}
