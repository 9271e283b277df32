using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Benchmarks;

/// <summary>The circuit w₂² = w₃, w₃² = w₄, … , with the last square public as wire 1: nothing but dense wires.</summary>
internal static class SquaringChain
{
    /// <summary>The system of <paramref name="squarings"/> rows and as many wires plus two.</summary>
    public static R1cs Circuit(int squarings)
    {
        var factors = OneTermRows(squarings, row => row + 2);
        var products = OneTermRows(squarings, row => row == squarings - 1 ? 1 : row + 3);
        return new R1cs(squarings + 2, PublicOutputCount: 1, PublicInputCount: 0, PrivateInputCount: 1, factors, factors, products);
    }

    /// <summary>The assignment that starts from a random number.</summary>
    public static Fr[] Witness(int squarings)
    {
        var witness = new Fr[squarings + 2];
        witness[0] = Fr.One;
        var value = RandomElements.Of<ScalarModulus>(1, 7)[0];
        for (var wire = 2; wire < witness.Length; wire++, value = value.Square())
        {
            witness[wire] = value;
        }

        witness[1] = value;
        return witness;
    }

    private static SparseMatrix OneTermRows(int rows, Func<int, int> wireOf) => new(
        [.. Enumerable.Range(0, rows + 1)], [.. Enumerable.Range(0, rows).Select(wireOf)], new int[rows], [Fr.One]);
}
