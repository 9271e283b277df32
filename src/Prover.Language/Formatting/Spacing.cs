namespace Prover.Language;

/// <summary>Where a space stands between two pieces of one line.</summary>
internal static class Spacing
{
    /// <summary>Whether a space stands between neighbours on one line. Two words are never without one.</summary>
    public static bool IsBetween(Piece before, Piece piece)
    {
        if (before.Is("{") || piece.Is("}"))
        {
            return true;
        }

        return !IsGlued(before, piece);
    }

    private static bool IsGlued(Piece before, Piece piece) =>
        BindsLeft(piece) || BindsRight(before) || (piece.Is("(") && (before.Kind == TokenKind.Identifier || before.Role.HasFlag(TokenRole.ClosesGenerics)));

    /// <summary>No space before it.</summary>
    private static bool BindsLeft(Piece piece) =>
        piece.Is(",") || piece.Is(";") || piece.Is(":") || piece.Is(".") || piece.Is("^") || piece.Is(")") || piece.Is("]")
        || (piece.Role & (TokenRole.Suffix | TokenRole.RangeOfLoop | TokenRole.Unit | TokenRole.OpensGenerics | TokenRole.ClosesGenerics)) != 0;

    /// <summary>No space behind it.</summary>
    private static bool BindsRight(Piece piece) =>
        piece.Is("(") || piece.Is("[") || piece.Is(".") || piece.Is("^")
        || (piece.Role & (TokenRole.Sign | TokenRole.RangeOfLoop | TokenRole.Unit | TokenRole.OpensGenerics)) != 0;
}
