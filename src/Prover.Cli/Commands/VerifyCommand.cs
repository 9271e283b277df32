using System.CommandLine;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Cli;

/// <summary><c>verify VK.json PUBLIC.json PROOF.json</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var key = Arguments.Path("VK.json", "The verifying key, as snarkjs or 'prover key export-vk' writes it.");
        var inputs = Arguments.Path("PUBLIC.json", "The public inputs.");
        var proof = Arguments.Path("PROOF.json", "The proof.");
        var command = new Command("verify",
            """
            Check a proof. Exit code 0 if it is valid, 1 if it is not.

            Example: prover verify verification_key.json public.json proof.json
            """) { key, inputs, proof };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(key), parsed.GetRequiredValue(inputs), parsed.GetRequiredValue(proof)));
        return command;
    }

    private static int Run(Terminal terminal, string keyPath, string inputsPath, string proofPath)
    {
        var key = VerifyingKeyFile.Read(keyPath);
        var inputs = PublicInputsFile.Read(inputsPath);
        var proof = ProofFile.Read(proofPath);
        if (inputs.Length != key.PublicCount)
        {
            throw new MismatchException($"{keyPath} expects {key.PublicCount:N0} public inputs, {inputsPath} has {inputs.Length:N0}.");
        }

        if (key.AnyoneCanForge)
        {
            terminal.Note($"warning: {keyPath} has had no phase-2 contribution, so anyone can forge proofs under it");
        }

        if (key.IsDevelopmentKey)
        {
            terminal.Note($"warning: {keyPath} is of an insecure development key, so whoever made it can forge proofs");
        }

        var valid = Verifier.Verify(key, inputs, proof);
        if (terminal.Json)
        {
            terminal.WriteJson(new { valid, developmentKey = key.IsDevelopmentKey, anyoneCanForge = key.AnyoneCanForge });
        }
        else
        {
            terminal.Write(valid ? "valid" : "INVALID: the proof does not prove this statement under this key");
        }

        return valid ? ExitCode.Success : ExitCode.NegativeVerdict;
    }
}
