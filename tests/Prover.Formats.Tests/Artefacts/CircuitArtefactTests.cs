using Prover.Compiler;
using Prover.Language;
using Prover.Witness;

namespace Prover.Formats.Tests;

public class CircuitArtefactTests
{
    private static readonly CompiledCircuit Circuit = Build();
    private static readonly byte[] Bytes = CircuitArtefact.Serialize(Circuit);

    [Fact]
    public void What_was_written_is_read()
    {
        var read = CircuitArtefact.Deserialize(Bytes, "circuit");
        Assert.Equal(Circuit.Hash, read.Hash);
        Assert.Equal(Circuit.Name, read.Name);
        Assert.Equal(Circuit.Inputs, read.Inputs);
        Assert.Equal(Circuit.Sources, read.Sources);
        Assert.Equal(Bytes, CircuitArtefact.Serialize(read));
        Assert.NotNull(read.Tape.Solve([3, 17, 5, 7]).Assignment);
        Assert.Equal("quotient 2 is not 3", read.Tape.Solve([2, 17, 5, 7]).Failure?.Message);
    }

    /// <summary>The file is longer than the buffer in front of it, and so is its longest list.</summary>
    [Fact]
    public void A_long_circuit_is_the_same_in_a_file()
    {
        var builder = new CircuitBuilder();
        var (power, x) = (builder.Input("y", false, null), builder.Input("x", false, null));
        for (var i = 0; i < 20_000; i++)
        {
            power = builder.Multiply(power, x);
        }

        builder.RequireEqual(power, builder.Constant(1), new("one", [], default, "test"));
        var circuit = builder.Build("test");
        var path = Path.GetTempFileName();
        try
        {
            CircuitArtefact.Write(path, circuit);
            var bytes = File.ReadAllBytes(path);
            Assert.True(bytes.Length > 1 << 19);
            Assert.True(bytes.AsSpan().SequenceEqual(CircuitArtefact.Serialize(circuit)));
            Assert.Equal(circuit.Hash, CircuitArtefact.Read(path).Hash);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Truncations_are_refused()
    {
        for (var length = 0; length < Bytes.Length; length += 13)
        {
            Assert.Throws<MalformedFileException>(() => CircuitArtefact.Deserialize(Bytes.AsMemory(0, length), "circuit"));
        }

        Assert.Throws<MalformedFileException>(() => CircuitArtefact.Deserialize(Bytes.Append((byte)0).ToArray(), "circuit"));
    }

    [Fact]
    public void A_changed_byte_is_refused_unless_it_is_in_a_text()
    {
        var accepted = 0;
        for (var i = 0; i < Bytes.Length; i += i < 500 ? 1 : 7)
        {
            var changed = (byte[])Bytes.Clone();
            changed[i] ^= i % 2 == 0 ? (byte)0x01 : (byte)0x80;
            try
            {
                Assert.Equal(Circuit.Hash, CircuitArtefact.Deserialize(changed, "circuit").Hash);
                accepted++;
            }
            catch (Exception error) when (error is MalformedFileException or MismatchException)
            {
                Assert.StartsWith("circuit: ", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(accepted, 1, Bytes.Length / 4);
    }

    /// <summary>Version 2 was an array of nine elements.</summary>
    [Theory]
    [InlineData(0x99, 2)]
    [InlineData(0x9a, 2)]
    [InlineData(0x9a, 4)]
    public void Other_versions_are_told_from_damage(byte header, byte version)
    {
        var changed = (byte[])Bytes.Clone();
        (changed[0], changed[16]) = (header, version);
        Assert.Equal(FileKind.CompiledCircuit, FileKinds.Recognise(changed));
        var error = Assert.Throws<MismatchException>(() => CircuitArtefact.Deserialize(changed, "circuit"));
        Assert.Equal($"circuit: a compiled circuit of version {version}, this program reads version 3; compile the rule again.", error.Message);
    }

    [Fact]
    public void What_is_hashed_stays_hashed()
    {
        var circuit = WithOrigins(InputOrigin.Digest, InputOrigin.Hashed);
        var read = CircuitArtefact.Deserialize(CircuitArtefact.Serialize(circuit), "circuit");
        Assert.Equal(circuit.Inputs, read.Inputs);
        Assert.Equal(circuit.Hash, read.Hash);
        Assert.NotEqual(circuit.Hash, WithOrigins(InputOrigin.Given, InputOrigin.Given).Hash);
    }

    [Theory]
    [InlineData(InputOrigin.Given, InputOrigin.Hashed)]
    [InlineData(InputOrigin.Hashed, InputOrigin.Digest)]
    [InlineData(InputOrigin.Digest, InputOrigin.Digest)]
    public void Hashed_inputs_need_one_public_digest(InputOrigin first, InputOrigin second) =>
        Assert.Throws<MalformedFileException>(() => CircuitArtefact.Deserialize(CircuitArtefact.Serialize(WithOrigins(first, second)), "circuit"));

    private static CompiledCircuit WithOrigins(InputOrigin first, InputOrigin second)
    {
        var builder = new CircuitBuilder();
        var digest = builder.Input("digest", true, null, origin: first);
        var word = builder.Input("word", false, null, origin: second);
        builder.RequireEqual(digest, word, new("other", [], default, "test"));
        return builder.Build("test");
    }

    private static CompiledCircuit Build()
    {
        var builder = new CircuitBuilder();
        var expected = builder.Input("expected", true, new(0, 100));
        var dividend = builder.Input("dividend", false, new(-1000, 1000));
        var divisor = builder.Input("divisor", false, new(1, 50));
        var extra = builder.Input("extra", false, null);
        var (quotient, _) = builder.FloorDivide(dividend, divisor);
        builder.Require(builder.Equal(quotient, expected), new("quotient {0} is not {1}", [new(expected), new(quotient)], default, "test"));
        builder.Require(builder.Not(builder.Equal(extra, builder.Constant(0))), new("zero", [new(extra)], default, "test"));
        return builder.Build("test");
    }
}
