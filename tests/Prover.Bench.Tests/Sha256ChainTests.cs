using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Prover.Bench.Tests;

public sealed class Sha256ChainTests
{
    [Fact]
    public void The_plain_compression_is_that_of_the_library()
    {
        // "abc" padded to one block: a bit 1, zeros, the length of 24 bits.
        var block = new uint[16];
        (block[0], block[15]) = (0x61626380, 24);
        var expected = SHA256.HashData("abc"u8);
        var state = Sha256Compression.Apply(Sha256Constants.InitialState, block);
        for (var i = 0; i < state.Length; i++)
        {
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(expected.AsSpan(4 * i)), state[i]);
        }
    }

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(11, 1, 4)]
    [InlineData(12, 1, 9)]
    [InlineData(13, 1, 19)]
    [InlineData(14, 1, 35)]
    [InlineData(15, 1, 64)]
    [InlineData(16, 2, 64)]
    public void The_public_wires_are_the_last_state(int logSize, int compressions, int rounds)
    {
        Assert.Equal((compressions, rounds), Sha256Chain.Lengths(logSize));
        var state = Sha256Constants.InitialState;
        for (var i = 0; i < compressions; i++)
        {
            state = Sha256Compression.Apply(state, [.. state, .. state], rounds);
        }

        var chain = Sha256Chain.Build(logSize);
        Assert.Equal(8, chain.Circuit.PublicOutputCount);
        Assert.Equal(state.Select(word => Fr.FromUInt64(word)), chain.Witness[1..9]);
    }

    [Fact]
    public void No_wire_can_be_changed_to_the_other_bit_or_to_no_bit()
    {
        var chain = Sha256Chain.Build(10);
        for (var wire = 1; wire < chain.Witness.Length; wire++)
        {
            var kept = chain.Witness[wire];
            foreach (var other in new[] { Fr.One - kept, kept - Fr.FromUInt64(2) })
            {
                chain.Witness[wire] = other;
                Assert.NotNull(chain.Circuit.FindViolation(chain.Witness));
            }

            chain.Witness[wire] = kept;
        }

        Assert.Null(chain.Circuit.FindViolation(chain.Witness));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(18)]
    public void Whole_compressions_fill_nine_tenths_of_a_domain(int logSize)
    {
        var (compressions, rounds) = Sha256Chain.Lengths(logSize);
        var circuit = Sha256Chain.Build(logSize).Circuit;
        Assert.Equal(64, rounds);
        Assert.Equal((compressions * Sha256Chain.RowsOfCompression) + 256 + 8, circuit.ConstraintCount);
        Assert.InRange(circuit.ConstraintCount + circuit.PublicCount + 1, 0.9 * (1 << logSize), 1 << logSize);
    }

    [Fact]
    public void Domains_too_small_for_a_round_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Chain.Build(Sha256Chain.SmallestLogSize - 1));
        Assert.NotNull(Sha256Chain.Build(Sha256Chain.SmallestLogSize));
    }
}
