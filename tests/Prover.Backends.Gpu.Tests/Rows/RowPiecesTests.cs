namespace Prover.Backends.Gpu.Tests;

public sealed class RowPiecesTests
{
    [Fact]
    public void Pieces_cover_every_term_once_and_the_longest_come_first()
    {
        int[] lengths = [3, 0, 64, 65, 1, 200, 64, 2];
        var starts = new int[lengths.Length + 1];
        for (var row = 0; row < lengths.Length; row++)
        {
            starts[row + 1] = starts[row] + lengths[row];
        }

        var pieces = RowPieces.Of(new SparseRows(starts, new int[starts[^1]], new int[starts[^1]], new[] { Fr.One }));
        Assert.Equal(pieces.Lengths.OrderDescending(), pieces.Lengths);
        Assert.Equal([3, 5], pieces.LongRows);
        Assert.Equal([8, 10, 14], pieces.LongStarts);
        Assert.Equal(14, pieces.ProductCount);
        Assert.Equal([.. new[] { 0, 1, 2, 4, 6, 7 }, .. Enumerable.Range(8, 6)], pieces.Places.Order());
        var terms = pieces.Starts.Zip(pieces.Lengths).SelectMany(piece => Enumerable.Range(piece.First, piece.Second));
        Assert.Equal(Enumerable.Range(0, starts[^1]), terms.Order());

        foreach (var (start, length, place) in pieces.Starts.Zip(pieces.Lengths, pieces.Places))
        {
            var row = place < lengths.Length ? place : place < 10 ? 3 : 5;
            Assert.InRange(start, starts[row], starts[row + 1]);
            Assert.InRange(start + length, starts[row], starts[row + 1]);
        }
    }
}
