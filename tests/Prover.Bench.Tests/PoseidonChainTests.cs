using Prover.Primitives;

namespace Prover.Bench.Tests;

public sealed class PoseidonChainTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public void The_witness_satisfies_every_row(int logSize)
    {
        var chain = PoseidonChain.Build(logSize);
        Assert.Null(chain.Circuit.FindViolation(chain.Witness));
        var used = chain.Circuit.ConstraintCount + 2.0;
        Assert.InRange(used, logSize < 10 ? 0 : 0.9 * (1 << logSize), 1 << logSize);
    }

    [Fact]
    public void The_public_wire_is_the_last_hash()
    {
        var chain = PoseidonChain.Build(11);
        var hash = chain.Witness[2];
        for (var i = 0; i < chain.Circuit.ConstraintCount / PoseidonChain.RowsOfHash; i++)
        {
            hash = Poseidon.Hash(hash, hash);
        }

        Assert.Equal(hash, chain.Witness[1]);
    }

    [Fact]
    public void No_wire_can_be_changed()
    {
        var chain = PoseidonChain.Build(10);
        for (var wire = 1; wire < chain.Witness.Length; wire++)
        {
            var kept = chain.Witness[wire];
            chain.Witness[wire] += Fr.One;
            Assert.NotNull(chain.Circuit.FindViolation(chain.Witness));
            chain.Witness[wire] = kept;
        }

        Assert.Null(chain.Circuit.FindViolation(chain.Witness));
    }

    [Fact]
    public void Rows_are_as_long_as_the_folded_rounds_are_many() =>
        Assert.InRange(PoseidonChain.Build(12).Circuit.A.TermCount / (double)PoseidonChain.Build(12).Circuit.ConstraintCount, 2, 60);
}
