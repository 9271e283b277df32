using System.CommandLine;
using Prover.Chain;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Cli;

/// <summary><c>key info|check|export-vk|export-solidity</c>.</summary>
internal static class KeyCommand
{
    public static Command Create(Terminal terminal) => new("key", "Look into a proving key, or take from it what a verifier needs.")
    {
        CreateInfo(terminal),
        CreateCheck(terminal),
        CreateExport("export-vk",
            """
            Write the verifying key as snarkjs JSON, for 'prover verify' and 'snarkjs groth16 verify'.

            Example: prover key export-vk margin.zkey -o verification_key.json
            """, terminal, isJson: true, key => VerifyingKeyFile.ToJson(key.VerifyingKey)),
        CreateExport("export-solidity",
            """
            Write a Solidity contract that verifies the key's proofs on an EVM chain. That of an insecure key can be deployed on local chains only.

            Example: prover key export-solidity margin.zkey -o Groth16Verifier.sol
            """, terminal, isJson: false, key => SolidityVerifier.Generate(key.VerifyingKey, key.IsInsecure)),
    };

    private static Command CreateInfo(Terminal terminal)
    {
        var key = Arguments.Path("ZKEY", "The proving key.");
        var command = new Command("info",
            """
            Print sizes and origin of a proving key.

            Example: prover key info margin.zkey
            """) { key };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(key);
            KeyReport.Write(terminal, path, ZkeyFile.Read(path));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateCheck(Terminal terminal)
    {
        var zkey = Arguments.Path("ZKEY", "The proving key.");
        var command = new Command("check",
            """
            Check every point of a proving key, pinned or not, and every byte of its prepared tables. Exit code 1 if the tables are damaged.

            Example: prover key check margin.zkey
            """) { zkey };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(zkey);
            var key = ZkeyFile.ReadInFull(path);
            var tables = Keys.Tables(terminal).Inspect(path, contents: true);
            KeyReport.Write(terminal, path, key, tables);
            var damages = tables.Select(found => found.Damage).OfType<string>().ToArray();
            foreach (var damage in damages)
            {
                terminal.Error(damage);
            }

            return damages.Length == 0 ? ExitCode.Success : ExitCode.NegativeVerdict;
        });
        return command;
    }

    private static Command CreateExport(string name, string description, Terminal terminal, bool isJson, Func<ProvingKey, string> render)
    {
        var key = Arguments.Path("ZKEY", "The proving key.");
        var output = new Option<string?>("--output", "-o") { Description = "Where to write it; standard output if not given." };
        var command = new Command(name, description) { key, output };
        command.SetAction(parsed =>
        {
            var keyPath = parsed.GetRequiredValue(key);
            var source = ZkeyFile.Read(keyPath);
            if (source.IsInsecure)
            {
                terminal.Note($"warning: {KeyReport.Origin(source)}");
            }

            var text = render(source);
            if (parsed.GetValue(output) is { } path)
            {
                Arguments.RequireOutputs(inputs: [keyPath], path);
                OutputFile.Write(path, text);
                terminal.Note($"wrote {path}");
                if (terminal.Json)
                {
                    terminal.WriteJson(new { path, insecureKey = source.IsInsecure });
                }
            }
            else if (terminal.Json && !isJson)
            {
                terminal.WriteJson(new { text, insecureKey = source.IsInsecure });
            }
            else
            {
                terminal.Write(text);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
