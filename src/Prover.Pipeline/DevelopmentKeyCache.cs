using Prover.Formats;
using Prover.Groth16;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>Insecure development keys, made once for each circuit.</summary>
public sealed class DevelopmentKeyCache(CacheFolder folder)
{
    private const string NewKey = "Delete the key and its pin to have a new key made; it will have another verifying key.";

    /// <summary>Where a circuit's key is kept.</summary>
    public string PathOf(CompiledCircuit circuit) => folder.PathOf(NameOf(circuit));

    /// <summary>The circuit's key.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="isCached">Whether it had been made before.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="MalformedFileException">The key that is kept is damaged.</exception>
    /// <exception cref="MismatchException">The key that is kept differs from its pin, or is of another circuit.</exception>
    public ProvingKey Get(CompiledCircuit circuit, out bool isCached, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        // Two processes that start together share one key.
        using var turn = folder.Lock(NameOf(circuit), cancellationToken);
        isCached = TryRead(PathOf(circuit), circuit, out var key);
        if (isCached)
        {
            return key!;
        }

        key = Setup.InsecureDevelopment(circuit.R1cs, new SystemScalarSource(), progress, cancellationToken);
        folder.Write(NameOf(circuit), partial =>
        {
            ZkeyFile.Write(partial, key);
            File.Move(KeyPin.PathOf(partial), KeyPin.PathOf(PathOf(circuit)), overwrite: true);
        });
        return key;
    }

    private static string NameOf(CompiledCircuit circuit) => Path.Combine("keys", circuit.Hash + ".zkey");

    /// <summary>The key that is kept, if there is one.</summary>
    /// <remarks>
    /// One that is damaged or of another circuit is an error and not made again: a new key has another verifying key, and whoever
    /// relies on the old one must not learn that from a proof that is refused.
    /// </remarks>
    private static bool TryRead(string path, CompiledCircuit circuit, out ProvingKey? key)
    {
        key = null;
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            key = ZkeyFile.Read(path);
        }
        catch (MalformedFileException error)
        {
            throw new MalformedFileException(error.Path, error.Place, error.Offset, $"{error.Rule} {NewKey}");
        }
        catch (MismatchException error)
        {
            throw new MismatchException($"{error.Message} {NewKey}", error);
        }

        return key.WireCount == circuit.R1cs.WireCount && key.PublicCount == circuit.R1cs.PublicCount
            ? true
            : throw new MismatchException(
                $"{path}: the key has {key.WireCount:N0} wires, {key.PublicCount:N0} of them public; the circuit has {circuit.R1cs.WireCount:N0} and {circuit.R1cs.PublicCount:N0}. {NewKey}");
    }
}
