namespace Prover.Constraints.Tests;

public class SparseMatrixTests
{
    [Fact]
    public void Selected_rows_have_their_terms_in_the_order_asked_for()
    {
        var matrix = new SparseMatrix([0, 2, 2, 3], [0, 4, 1], [1, 0, 1], [Fr.One, 7]);
        var selected = matrix.Select([2, 0, 1, 2]);
        Fr[] assignment = [1, 10, 100, 1_000, 10_000];

        Assert.Equal(4, selected.RowCount);
        Assert.Equal([70, 10_007, 0, 70], Enumerable.Range(0, 4).Select(row => selected.Evaluate(row, assignment)));
        Assert.Equal([0, 4], selected.WiresOf(1).ToArray());
        Assert.Equal(0, matrix.Select([]).RowCount);
    }
}
