using Prover.Algebra;
using Prover.Chain;
using Prover.Groth16;

namespace Prover.Cli.Tests;

/// <summary>Damaged calldata of submitBatch is not called a submission.</summary>
public sealed class CalldataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-calldata-").FullName;
    private readonly byte[] _honest = new BatchSubmission(
        3, 1_764_000_000, -1, 5, 2, [.. Enumerable.Range(1, 11).Select(i => -(Fr)i)], new(G1Affine.Generator, G2Affine.Generator, -G1Affine.Generator)).ToCalldata();

    [Fact]
    public void A_whole_submission_is_one()
    {
        Assert.Equal(900, _honest.Length);
        Assert.Contains("submitBatch", Inspect(_honest).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
        Assert.Contains("unknown here", Inspect([.. "\0\0\0\0"u8, .. _honest[4..]]).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "at least 548 bytes, this one has 4.")]
    [InlineData(149, "at least 548 bytes, this one has 149.")]
    [InlineData(547, "at least 548 bytes, this one has 547.")]
    [InlineData(548, "with 11 data words a call of submitBatch has 900 bytes, this one has 548.")]
    [InlineData(899, "with 11 data words a call of submitBatch has 900 bytes, this one has 899.")]
    public void A_cut_submission_is_told_its_length(int length, string because) => Refuses(_honest[..length], because);

    [Fact]
    public void Arguments_outside_their_ranges_are_named()
    {
        Refuses([.. _honest[..4], .. Enumerable.Repeat((byte)0xff, 832)], "begin at byte 512 of its arguments, not at 11579");
        Refuses([.. _honest, 0], "has 900 bytes, this one has 901.");
        Refuses(Change(word: 16, byteOfWord: 31, 12), "with 12 data words a call of submitBatch has 932 bytes, this one has 900.");
        Refuses(Change(word: 16, byteOfWord: 0, 0xff), "data words a call of submitBatch has");
        Refuses(Change(word: 2, byteOfWord: 31, 0x01), "argument word 2 of submitBatch must be below r");
        Refuses(Change(word: 8, byteOfWord: 0, 0xff), "argument word 8 of submitBatch must be below q");
        Refuses(Change(word: 27, byteOfWord: 0, 0xff), "argument word 27 of submitBatch must be below r");
        Inspect(Change(word: 1, byteOfWord: 0, 0xff)).Expect(ExitCode.Success);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Change(int word, int byteOfWord, byte value)
    {
        var changed = (byte[])_honest.Clone();
        changed[4 + (32 * word) + byteOfWord] = value;
        return changed;
    }

    private void Refuses(byte[] calldata, string because) => Assert.Contains(because, Inspect(calldata).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);

    private Outcome Inspect(byte[] calldata)
    {
        var path = Path.Combine(_folder, "calldata.hex");
        File.WriteAllText(path, "0x" + Convert.ToHexStringLower(calldata) + "\n");
        return Outcome.Of("inspect", path);
    }
}
