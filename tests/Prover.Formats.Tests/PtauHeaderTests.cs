using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

/// <summary>A ceremony is well-formed before it is prepared for phase 2, but no set-up starts from it.</summary>
public sealed class PtauHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PtauHeaderTests() => PtauFile.Write(_folder["prepared"], new DevelopmentCeremony(4, new SystemScalarSource()));

    [Fact]
    public void A_ceremony_before_its_preparation_has_a_header()
    {
        Assert.Equal((4, true), PtauFile.ReadHeader(_folder["prepared"]));
        Assert.Equal((4, false), PtauFile.ReadHeader(BeforeSection(12)));
        var error = Assert.Throws<MalformedFileException>(() => PtauFile.Read(BeforeSection(12), SampleCircuit.Chain(2, 3).Circuit));
        Assert.Contains("prepare phase2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, "section 13")]
    [InlineData(15, "section 15")]
    [InlineData(6, "section 6")]
    public void Half_a_preparation_or_a_ceremony_without_powers_is_malformed(int section, string missing) =>
        Assert.Contains(missing, Assert.Throws<MalformedFileException>(() => PtauFile.ReadHeader(BeforeSection(section))).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    /// <summary>The file with nothing from a section on; the ceremony's first seven sections are 1 to 7, then come 12 to 15.</summary>
    private string BeforeSection(int section)
    {
        var bytes = File.ReadAllBytes(_folder["prepared"]);
        bytes[8] = (byte)(section < 8 ? section - 1 : section - 5);
        File.WriteAllBytes(_folder["cut"], bytes[..(SectionContents.Open(_folder["prepared"]).Offsets[section] - 12)]);
        return _folder["cut"];
    }
}
