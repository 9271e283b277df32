using System.Numerics;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>snarkjs groth16 prove, each time a process of its own as its users run it.</summary>
internal sealed class SnarkjsProver(SnarkjsCommand command, BenchKey files, string folder)
{
    private readonly List<MeasuredProcess> _processes = [];

    private string Proof => Path.Combine(folder, "snarkjs-proof.json");

    private string Public => Path.Combine(folder, "snarkjs-public.json");

    /// <summary>Proves once more, and has it measured.</summary>
    public void Prove(CancellationToken cancellationToken) => _processes.Add(Run(cancellationToken));

    /// <summary>Proves without being measured.</summary>
    public void WarmUp(CancellationToken cancellationToken) => Run(cancellationToken);

    /// <summary>Its proof verifies here, and ours there.</summary>
    /// <exception cref="InvalidProofException">One of them does not.</exception>
    public void CrossCheck(VerifyingKey key, ProofTimes ours, Proof proof, CancellationToken cancellationToken)
    {
        var inputs = PublicInputsFile.Read(Public);
        if (!Verifier.Verify(key, inputs, ProofFile.Read(Proof)))
            throw new InvalidProofException($"snarkjs's proof of {ours.Profile}, 2^{ours.LogSize}, does not verify here.");

        var (keyPath, proofPath) = (Path.Combine(folder, "verification_key.json"), Path.Combine(folder, "our-proof.json"));
        VerifyingKeyFile.Write(keyPath, key);
        ProofFile.Write(proofPath, proof);
        try
        {
            MeasuredProcess.Run([.. command.Words, "groth16", "verify", keyPath, Public, proofPath], cancellationToken);
        }
        catch (ProcessFailedException refused)
        {
            throw new InvalidProofException($"A proof of {ours.Profile}, 2^{ours.LogSize}, does not verify in snarkjs: {refused.Message}", refused);
        }
    }

    public ProofTimes Times(Profile profile, ProvingKey key)
    {
        double[] seconds = [.. _processes.Select(process => process.Seconds)];
        return new(
            profile.Name,
            BitOperations.Log2((uint)key.DomainSize),
            profile.Circuit.ConstraintCount,
            profile.Circuit.WireCount,
            key.MatrixA.TermCount + (long)key.MatrixB.TermCount,
            "snarkjs",
            seconds,
            seconds,
            _processes.Min(process => process.CpuSeconds),
            [],
            _processes.Max(process => process.PeakPrivateBytes),
            0);
    }

    /// <summary>Files of an earlier proof must not pass for those of this one.</summary>
    private MeasuredProcess Run(CancellationToken cancellationToken)
    {
        File.Delete(Proof);
        File.Delete(Public);
        var process = MeasuredProcess.Run([.. command.Words, "groth16", "prove", files.KeyPath, files.WitnessPath, Proof, Public], cancellationToken);
        foreach (var path in new[] { Proof, Public })
        {
            if (!File.Exists(path))
                throw new ProcessFailedException($"'{string.Join(' ', command.Words)} groth16 prove' ended with exit code 0 and wrote no {path}.");
        }

        return process;
    }
}
