using Prover.Backends;
using Prover.Constraints;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Pipeline;

/// <summary>Proves with a loaded key, and once more without its tables if they turn out to be damaged.</summary>
internal static class SoundProof
{
    /// <summary>The proof, already verified.</summary>
    /// <exception cref="InvalidProofException">It does not verify, with the key's tables or without.</exception>
    public static Proof Make(
        LoadedKey loaded, Fr[] witness, IProverBackend backend, R1cs circuit, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return Groth16Prover.Prove(loaded.Key, witness, backend, circuit, progress, cancellationToken);
        }
        catch (InvalidProofException failure)
        {
            using var sound = loaded.WithoutTables(failure);
            return Groth16Prover.Prove(sound.Key, witness, backend, circuit, progress, cancellationToken);
        }
    }
}
