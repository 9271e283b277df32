using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Prover.Testing;

namespace Prover.Algebra.Tests;

/// <summary>Reads the published vectors of the EVM's precompiles; see SOURCE.md beside them.</summary>
internal static class EthereumVectors
{
    /// <summary>Name, input words and output words of each vector of a file.</summary>
    public static IEnumerable<(string Name, BigInteger[] Input, BigInteger[] Expected)> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "Prover.Algebra.Tests", "Vectors", file)));
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            string Text(string property) => vector.GetProperty(property).GetString()!;
            yield return (Text("Name"), Words(Text("Input")), Words(Text("Expected")));
        }
    }

    /// <summary>A point of G1 from x, y; fails the test if it is malformed or off the curve.</summary>
    public static G1Affine ToG1(ReadOnlySpan<BigInteger> words)
    {
        var point = new G1Affine(ToCoordinate(words[0]), ToCoordinate(words[1]));
        Assert.True(point.IsOnCurve());
        return point;
    }

    /// <summary>A point of G2 from x₁, x₀, y₁, y₀; fails the test if it is malformed, off the curve or outside the subgroup.</summary>
    public static G2Affine ToG2(ReadOnlySpan<BigInteger> words)
    {
        var point = new G2Affine(
            new Fq2(ToCoordinate(words[1]), ToCoordinate(words[0])), new Fq2(ToCoordinate(words[3]), ToCoordinate(words[2])));
        Assert.True(point.IsOnCurve() && point.IsInSubgroup());
        return point;
    }

    private static Fq ToCoordinate(BigInteger word)
    {
        Assert.True(word < Fq.Modulus);
        return Fq.FromInteger(word);
    }

    private static BigInteger[] Words(string hex) =>
        [.. hex.Chunk(64).Select(word => BigInteger.Parse("0" + new string(word), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}
