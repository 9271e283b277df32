using Prover.Algebra;
using Prover.Groth16;
using Prover.Groth16.Tests;

namespace Prover.Formats.Tests;

/// <summary>Files are told apart by how they begin, and a file in the place of another is named.</summary>
public sealed class FileKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileKindsTests()
    {
        var (circuit, witness) = SampleCircuit.Chain(length: 2, secret: 3);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        R1csFile.Write(_folder["r1cs"], circuit);
        WtnsFile.Write(_folder["wtns"], witness);
        ZkeyFile.Write(_folder["zkey"], key);
        PtauFile.Write(_folder["ptau"], new DevelopmentCeremony(4, new SystemScalarSource()));
        VerifyingKeyFile.Write(_folder["vk"], key.VerifyingKey);
        ProofFile.Write(_folder["proof"], new Proof(G1Affine.Generator, G2Affine.Generator, G1Affine.Generator));
        PublicInputsFile.Write(_folder["public"], [1, 2]);
        SymFile.Write(_folder["sym"], ["a", "b"]);
        File.WriteAllText(_folder["calldata"], "0x00ff\n");
    }

    public static TheoryData<string, FileKind> Files => new()
    {
        { "r1cs", FileKind.R1cs },
        { "wtns", FileKind.Witness },
        { "zkey", FileKind.ProvingKey },
        { "ptau", FileKind.PowersOfTau },
        { "vk", FileKind.VerifyingKey },
        { "proof", FileKind.Proof },
        { "public", FileKind.PublicInputs },
        { "sym", FileKind.WireNames },
        { "calldata", FileKind.Calldata },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_recognised_whole_or_cut(string name, FileKind kind)
    {
        Assert.Equal(kind, FileKinds.Recognise(_folder[name]));
        var bytes = File.ReadAllBytes(_folder[name]);
        File.WriteAllBytes(_folder["cut"], bytes[..(bytes.Length - 3)]);
        Assert.Equal(kind, FileKinds.Recognise(_folder["cut"]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_reader_names_a_file_of_another_kind(string name, FileKind kind)
    {
        var readers = new Dictionary<FileKind, Action<string>>
        {
            [FileKind.R1cs] = path => R1csFile.Read(path),
            [FileKind.Witness] = path => WtnsFile.Read(path),
            [FileKind.ProvingKey] = path => ZkeyFile.Read(path),
            [FileKind.PowersOfTau] = path => PtauFile.ReadHeader(path),
            [FileKind.CompiledCircuit] = path => CircuitArtefact.Read(path),
            [FileKind.VerifyingKey] = path => VerifyingKeyFile.Read(path),
            [FileKind.Proof] = path => ProofFile.Read(path),
            [FileKind.PublicInputs] = path => PublicInputsFile.Read(path),
        };
        foreach (var (expected, read) in readers.Where(reader => reader.Key != kind))
        {
            var error = Assert.Throws<MalformedFileException>(() => read(_folder[name]));
            Assert.Equal($"this is {FileKinds.NameOf(kind)}; {FileKinds.NameOf(expected)} is expected.", error.Rule);
        }
    }

    [Theory]
    [InlineData("{ \"state\": { \"pi_a\": 1 }, \"transactions\": [", FileKind.Batch)]
    [InlineData("{ \"format\": \"margin-batch/9\",", FileKind.Batch)]
    [InlineData("{ \"format\": \"other/1\",", FileKind.Unknown)]
    [InlineData("{ \"protocol\": \"groth16\", \"vk_alpha_1\"", FileKind.Unknown)]
    [InlineData("{ \"protocol\": \"groth16\", \"vk_alpha_1\": [", FileKind.VerifyingKey)]
    [InlineData("{ \"\\ud800\": 1, \"pi_a\": []", FileKind.Unknown)]
    [InlineData("{ pi_a", FileKind.Unknown)]
    [InlineData("[ \"pi_a\": [] ]", FileKind.Unknown)]
    [InlineData("", FileKind.Unknown)]
    [InlineData("1,1,0,a b", FileKind.WireNames)]
    [InlineData("1,1,0", FileKind.Unknown)]
    public void Text_is_recognised_by_its_first_telling_part(string text, FileKind kind) =>
        Assert.Equal(kind, FileKinds.Recognise(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_of_no_kind_are_left_to_the_reader()
    {
        File.WriteAllBytes(_folder["noise"], [.. Enumerable.Range(0, 64).Select(i => (byte)(255 - i))]);
        Assert.Contains("must begin with 'zkey'", Assert.Throws<MalformedFileException>(() => ZkeyFile.Read(_folder["noise"])).Message, StringComparison.Ordinal);
        Assert.Contains("this is no compiled circuit", Assert.Throws<MalformedFileException>(() => CircuitArtefact.Read(_folder["noise"])).Message, StringComparison.Ordinal);
        Assert.Contains("not valid UTF-8", Assert.Throws<MalformedFileException>(() => ProofFile.Read(_folder["noise"])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
