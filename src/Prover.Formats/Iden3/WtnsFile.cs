using Prover.Algebra;

namespace Prover.Formats;

/// <summary>iden3's .wtns: the value of every wire, starting with the constant one.</summary>
/// <remarks>snarkjs, wtns_utils.js, version 2.</remarks>
public static class WtnsFile
{
    private const uint Version = 2;
    private const uint HeaderSection = 1;
    private const uint ValuesSection = 2;
    private const int HeaderLength = 40;

    /// <summary>Reads a witness.</summary>
    /// <exception cref="MalformedFileException">The file is not a well-formed .wtns over BN254's Fr, or wire 0 is not 1.</exception>
    public static Fr[] Read(string path)
    {
        using var file = SectionFile.Open(path, "wtns", Version);
        file.AllowOnly(HeaderSection, ValuesSection);
        var values = file.Require(ValuesSection, "values");
        var header = file.Read(file.Require(HeaderSection, "header", HeaderLength, "the fields of a header"), "header");
        header.ExpectPrime<ScalarModulus>();
        var count = header.ReadCount("the number of wires", values.Length / Fr.ByteCount);
        if (count == 0)
        {
            throw header.MalformedBefore(sizeof(uint), "a witness has at least the constant wire.");
        }

        if (values.Length != (long)count * Fr.ByteCount)
        {
            throw file.Malformed("values", values.Offset, $"{count:N0} wires make {(long)count * Fr.ByteCount:N0} bytes, the section has {values.Length:N0}.");
        }

        var witness = ScalarReader.Read(file, "values", values.Offset, count);
        return witness[0].IsOne ? witness : throw file.Malformed("values", values.Offset, $"wire 0 must carry 1, it carries {witness[0]}.");
    }

    /// <summary>Writes a witness.</summary>
    public static void Write(string path, ReadOnlySpan<Fr> witness)
    {
        using var file = new SectionFileWriter(path, "wtns", Version, sectionCount: 2);
        file.BeginSection(HeaderSection, HeaderLength);
        file.WritePrime<ScalarModulus>();
        file.WriteUInt32((uint)witness.Length);
        file.BeginSection(ValuesSection, (long)witness.Length * Fr.ByteCount);
        foreach (var value in witness)
        {
            file.WriteCanonical(value);
        }

        file.Complete();
    }
}
