namespace Prover.Algebra.Tests;

public class Eip196Tests
{
    [Fact]
    public void Matches_the_addition_vectors()
    {
        foreach (var (name, input, expected) in EthereumVectors.Read("eip196-add.json"))
        {
            var sum = (G1Point)EthereumVectors.ToG1(input) + EthereumVectors.ToG1(input.AsSpan(2));
            Assert.True(EthereumVectors.ToG1(expected) == sum.ToAffine(), name);
        }
    }

    [Fact]
    public void Matches_the_multiplication_vectors()
    {
        foreach (var (name, input, expected) in EthereumVectors.Read("eip196-multiply.json"))
        {
            // Scalars are any 256-bit integers; the curve's order is r, so they act through their residues.
            var product = (G1Point)EthereumVectors.ToG1(input) * Fr.FromInteger(input[2]);
            Assert.True(EthereumVectors.ToG1(expected) == product.ToAffine(), name);
        }
    }
}
