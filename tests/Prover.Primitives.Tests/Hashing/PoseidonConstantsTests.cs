using System.Globalization;
using System.Numerics;

namespace Prover.Primitives.Tests;

public class PoseidonConstantsTests
{
    /// <summary>circomlib, circuits/poseidon_constants.circom: the first round constant and matrix entry of t = 2.</summary>
    [Fact]
    public void Start_with_circomlibs_first_entries()
    {
        var constants = PoseidonConstants.ForWidth(2);
        Assert.Equal(Hexadecimal("9c46e9ec68e9bd4fe1faaba294cba38a71aa177534cdd1b6c7dc0dbd0abd7a7"), constants.RoundConstants[0]);
        Assert.Equal(Hexadecimal("66f6f85d6f68a85ec10345351a23a3aaf07f38af8c952a7bceca70bd2af7ad5"), constants.Matrix[0]);
    }

    public static TheoryData<int> Widths => [.. Enumerable.Range(2, 16)];

    /// <summary>A Cauchy matrix is maximum distance separable if all its square submatrices are regular; here those of order 2.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Mix_every_element_into_every_other(int width)
    {
        var constants = PoseidonConstants.ForWidth(width);
        Fr Entry(int row, int column) => constants.Matrix[(row * width) + column];
        Assert.Equal(width * (PoseidonConstants.FullRounds + constants.PartialRounds), constants.RoundConstants.Length);
        Assert.Equal(width * width, constants.Matrix.Length);
        for (var row = 1; row < width; row++)
        {
            for (var column = 1; column < width; column++)
            {
                Assert.NotEqual(Entry(row, column) * Entry(row - 1, column - 1), Entry(row - 1, column) * Entry(row, column - 1));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    public void Are_undefined_for_other_widths(int width) => Assert.Throws<ArgumentOutOfRangeException>(() => PoseidonConstants.ForWidth(width));

    private static Fr Hexadecimal(string digits) => Fr.FromInteger(BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
