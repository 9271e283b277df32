using System.CommandLine;
using Prover.Formats;

namespace Prover.Cli;

/// <summary><c>inspect FILE</c>: says what any artefact is and what is in it, after checking it in full.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE", "A .r1cs, .wtns, .zkey, .ptau or .sym file, a compiled circuit, one of snarkjs's JSON files, a batch, or calldata.");
        var command = new Command("inspect",
            """
            Say what an artefact is and what is in it. The file is checked: exit code 3 if it is malformed.

            Example: prover inspect build/margin.zkey
            """) { file };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(Terminal terminal, string path)
    {
        switch (FileKinds.Recognise(path))
        {
            case FileKind.R1cs:
                CircuitReport.Write(terminal, path, R1csFile.Read(path));
                break;
            case FileKind.Witness:
                WriteWitness(terminal, path, WtnsFile.Read(path));
                break;
            case FileKind.ProvingKey:
                KeyReport.Write(terminal, path, ZkeyFile.Read(path));
                break;
            case FileKind.PowersOfTau:
                WritePowers(terminal, path, PtauFile.ReadHeader(path));
                break;
            case FileKind.CompiledCircuit:
                CircuitReport.Write(terminal, path, CircuitArtefact.Read(path));
                break;
            case FileKind.Unknown:
                throw UnknownFile.Describe(path);
            case var text:
                TextReport.Write(terminal, path, text);
                break;
        }

        return ExitCode.Success;
    }

    private static void WriteWitness(Terminal terminal, string path, Fr[] witness)
    {
        var bits = witness.Count(value => value.IsZero || value.IsOne);
        terminal.WriteReport(
            path,
            new { path, kind = "wtns", wires = witness.Length, bits },
            [
                ("kind", "witness (iden3 .wtns)"),
                ("wires", $"{witness.Length:N0}"),
                ("of them 0 or 1", $"{bits:N0}"),
            ]);
    }

    private static void WritePowers(Terminal terminal, string path, (int Power, bool IsPrepared) powers) => terminal.WriteReport(
        path,
        new { path, kind = "ptau", power = powers.Power, preparedForPhase2 = powers.IsPrepared },
        [
            ("kind", "powers of tau (iden3 .ptau)"),
            ("power", $"{powers.Power}: circuits of up to {1L << powers.Power:N0} constraints"),
            ("prepared for phase 2", powers.IsPrepared ? "yes" : "no; 'snarkjs powersoftau prepare phase2' does it, and 'prover setup' needs it"),
            ("checked", "header and lengths; 'prover setup' checks the points that it uses"),
        ]);
}
