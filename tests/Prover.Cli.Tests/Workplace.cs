namespace Prover.Cli.Tests;

/// <summary>A temporary folder in which a small rule has been compiled, set up, solved and proved.</summary>
public sealed class Workplace : IDisposable
{
    internal const string Source = """
        rule square_below(public limit: int[0 .. 2^20], private x: int[0 .. 1000]) {
          require x * x <= limit, "square too large: {x}"
        }

        test "at the limit" { square_below(100, 10) passes }
        test "one above" { square_below(100, 11) fails "square too large" }
        budget square_below <= 60
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cli-").FullName;

    public Workplace()
    {
        Write("square.circuit", Source);
        Write("input.json", """{ "limit": 100, "x": 10 }""");
        Outcome.Of("compile", Circuit, "-o", PathOf("build")).Expect(ExitCode.Success);
        Outcome.Of("setup", "--r1cs", R1cs, "--insecure-dev", "-o", Key).Expect(ExitCode.Success);
        Outcome.Of("witness", "--circuit", PathOf("build"), "--input", PathOf("input.json"), "-o", Witness).Expect(ExitCode.Success);
        Outcome.Of("key", "export-vk", Key, "-o", VerifyingKey).Expect(ExitCode.Success);
        Outcome.Of("prove", Key, Witness, Proof, PublicInputs, "--device", "cpu").Expect(ExitCode.Success);
    }

    public string Circuit => PathOf("square.circuit");

    public string R1cs => PathOf("build", "square_below.r1cs");

    public string Compiled => PathOf("build", "square_below.compiled");

    public string Key => PathOf("square.zkey");

    public string Witness => PathOf("square.wtns");

    public string VerifyingKey => PathOf("vk.json");

    public string Proof => PathOf("proof.json");

    public string PublicInputs => PathOf("public.json");

    public string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
