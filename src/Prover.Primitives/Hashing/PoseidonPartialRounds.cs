namespace Prover.Primitives;

/// <summary>The partial rounds of Poseidon with sparse matrices, which need 2t − 1 products a round instead of t².</summary>
/// <remarks>
/// <para>
/// Grassi et al. 2021, appendix B, read forwards. Only the first element passes the S-box, so a matrix diag(1, A) commutes with it and may wait.
/// Let the state be diag(1, A)·u. Adding the constants c is adding diag(1, A)⁻¹·c to u. With M = [[m, v], [w, M̂]] the mixing is
/// M·diag(1, A) = diag(1, M̂·A)·[[m, v·A], [(M̂·A)⁻¹·w, 1]]: a sparse matrix, and M̂·A waits in A's place.
/// </para>
/// <para>So A is M̂ʳ before round r, and M̂ᴾ is left to be applied after the last. The first element of u is that of the state throughout.</para>
/// </remarks>
public sealed class PoseidonPartialRounds
{
    private PoseidonPartialRounds(Fr[][] constants, Fr[][] rows, Fr[][] columns, Fr[] rest)
    {
        Constants = constants;
        Rows = rows;
        Columns = columns;
        Rest = rest;
    }

    /// <summary>For each round the t constants to add.</summary>
    public Fr[][] Constants { get; }

    /// <summary>For each round the t entries of the sparse matrix's first row.</summary>
    public Fr[][] Rows { get; }

    /// <summary>For each round the t − 1 entries of its first column below the first row; the rest of the matrix is the identity.</summary>
    public Fr[][] Columns { get; }

    /// <summary>The (t − 1) × (t − 1) matrix by rows that the elements from the second on are multiplied by in the end.</summary>
    public Fr[] Rest { get; }

    /// <summary>Derives the sparse form.</summary>
    internal static PoseidonPartialRounds Derive(PoseidonConstants poseidon)
    {
        var (t, n) = (poseidon.Width, poseidon.Width - 1);
        var inner = new Fr[n * n];
        var column = new Fr[n];
        for (var i = 0; i < n; i++)
        {
            poseidon.Matrix.AsSpan(((i + 1) * t) + 1, n).CopyTo(inner.AsSpan(i * n));
            column[i] = poseidon.Matrix[(i + 1) * t];
        }

        var inverse = Inverse(inner, n);
        var (waiting, undone) = (Identity(n), Identity(n));
        var (constants, rows, columns) = (new Fr[poseidon.PartialRounds][], new Fr[poseidon.PartialRounds][], new Fr[poseidon.PartialRounds][]);
        for (var round = 0; round < poseidon.PartialRounds; round++)
        {
            var added = poseidon.RoundConstants.AsSpan(((PoseidonConstants.FullRounds / 2) + round) * t, t);
            constants[round] = [added[0], .. Product(undone, added[1..].ToArray(), n, 1)];
            rows[round] = [poseidon.Matrix[0], .. Product(poseidon.Matrix.AsSpan(1, n).ToArray(), waiting, 1, n)];
            waiting = Product(inner, waiting, n, n);
            undone = Product(undone, inverse, n, n);
            columns[round] = Product(undone, column, n, 1);
        }

        return new(constants, rows, columns, waiting);
    }

    private static Fr[] Identity(int n)
    {
        var identity = new Fr[n * n];
        for (var i = 0; i < n; i++)
        {
            identity[(i * n) + i] = Fr.One;
        }

        return identity;
    }

    /// <summary>The product of a matrix of so many rows and one of so many columns.</summary>
    private static Fr[] Product(Fr[] a, Fr[] b, int rows, int columns)
    {
        var inner = a.Length / rows;
        var product = new Fr[rows * columns];
        for (var i = 0; i < product.Length; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                product[i] += a[(i / columns * inner) + k] * b[(k * columns) + (i % columns)];
            }
        }

        return product;
    }

    /// <summary>The inverse of a Cauchy matrix, none of whose leading minors is zero, so that Gauss and Jordan need no pivoting.</summary>
    private static Fr[] Inverse(Fr[] matrix, int n)
    {
        var (left, right) = (matrix.AsSpan().ToArray(), Identity(n));
        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = left[(pivot * n) + pivot].Invert();
            for (var j = 0; j < n; j++)
            {
                left[(pivot * n) + j] *= scale;
                right[(pivot * n) + j] *= scale;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = left[(i * n) + pivot];
                for (var j = 0; i != pivot && j < n; j++)
                {
                    left[(i * n) + j] -= factor * left[(pivot * n) + j];
                    right[(i * n) + j] -= factor * right[(pivot * n) + j];
                }
            }
        }

        return right;
    }
}
