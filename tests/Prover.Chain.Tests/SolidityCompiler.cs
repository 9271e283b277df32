using System.Text.Json;
using Prover.Testing;

namespace Prover.Chain.Tests;

/// <summary>Compiles contracts with solc from npm.</summary>
internal static class SolidityCompiler
{
    private const string Script = """
        const solc = require("solc");
        const sources = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        const input = {
          language: "Solidity", sources,
          settings: { optimizer: { enabled: true, runs: 1000 }, viaIR: true, evmVersion: "cancun",
                      outputSelection: { "*": { "*": ["evm.bytecode.object"] } } },
        };
        process.stdout.write(solc.compile(JSON.stringify(input)));
        """;

    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Compiled = new(() => Compile([.. Contracts()]));

    /// <summary>The creation code of the rollup's contracts and of the tokens of these tests, compiled once for all of them.</summary>
    public static IReadOnlyDictionary<string, byte[]> Rollup => Compiled.Value;

    private static IEnumerable<(string Name, string Text)> Contracts() =>
        new[] { Repository.PathOf("src", "Prover.Chain", "contracts"), Repository.PathOf("tests", "Prover.Chain.Tests", "contracts") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.sol"))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    /// <summary>The creation code of every contract by name.</summary>
    public static Dictionary<string, byte[]> Compile(params (string Name, string Text)[] sources)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(sources.ToDictionary(source => source.Name, source => new { content = source.Text })));
            using var output = JsonDocument.Parse(NodeTools.RunScript(Script, file).EnsureSuccess().Output);
            if (output.RootElement.TryGetProperty("errors", out var errors))
            {
                // Warnings too: a contract that guards money compiles without any.
                Assert.Fail(string.Join('\n', errors.EnumerateArray().Select(error => error.GetProperty("formattedMessage").GetString())));
            }

            return output.RootElement.GetProperty("contracts").EnumerateObject()
                .SelectMany(source => source.Value.EnumerateObject())
                .Where(contract => contract.Value.GetProperty("evm").GetProperty("bytecode").GetProperty("object").GetString() is { Length: > 0 })
                .ToDictionary(
                    contract => contract.Name,
                    contract => Convert.FromHexString(contract.Value.GetProperty("evm").GetProperty("bytecode").GetProperty("object").GetString()!));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
