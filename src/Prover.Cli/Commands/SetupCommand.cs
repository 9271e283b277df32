using System.CommandLine;
using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>setup --r1cs F (--ptau F | --insecure-dev) -o F.zkey</c>.</summary>
internal static class SetupCommand
{
    public static Command Create(Terminal terminal)
    {
        var circuit = new Option<string>("--r1cs") { Description = "The circuit.", Required = true };
        var powers = new Option<string?>("--ptau") { Description = "Prepared powers of tau (phase 2); the key then still needs contributions, for instance with 'snarkjs zkey contribute'." };
        var insecure = new Option<bool>("--insecure-dev") { Description = "Draw the trapdoors here and now. For development only: whoever makes such a key can forge proofs, so it is marked and never accepted for a chain." };
        var output = Arguments.Output("Where to write the .zkey.");
        var command = new Command("setup",
            """
            Make a proving key for a circuit, from a ceremony's powers of tau or, for development, insecurely.

            Example: prover setup --r1cs build/initial_margin.r1cs --insecure-dev -o build/margin.zkey
            """)
        {
            circuit, powers, insecure, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(insecure) == result.GetValue(powers) is not null)
            {
                result.AddError("Give either --ptau FILE or --insecure-dev.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal, parsed.GetRequiredValue(circuit), parsed.GetValue(powers), parsed.GetRequiredValue(output), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string circuitPath, string? powersPath, string output, CancellationToken cancellation)
    {
        Arguments.RequireOutputs(powersPath is null ? [circuitPath] : [circuitPath, powersPath], output);
        var circuit = R1csFile.Read(circuitPath);
        var key = terminal.WithProgress(progress =>
        {
            var steps = new Groth16Stage("setup", progress);
            var made = powersPath is null
                ? Setup.InsecureDevelopment(circuit, new SystemScalarSource(), steps, cancellation)
                : Setup.FromPowersOfTau(circuit, PtauFile.Read(powersPath, circuit), steps, cancellation);
            progress.Report(new StageProgress("setup", 1));
            return made;
        });
        ZkeyFile.Write(output, key);
        if (key.IsDevelopmentKey)
        {
            terminal.Note("INSECURE development key: whoever made it can forge proofs. Never use it where value is at stake.");
        }
        else
        {
            terminal.Note("NOT YET SECURE: anyone can forge proofs under this key until it has a contribution, for instance by 'snarkjs zkey contribute'.");
        }

        KeyReport.Write(terminal, output, key);
        return ExitCode.Success;
    }
}
