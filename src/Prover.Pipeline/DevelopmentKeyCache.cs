using Prover.Formats;
using Prover.Groth16;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>Insecure development keys, made once for each circuit.</summary>
/// <param name="folder">Keeps the keys.</param>
/// <param name="tables">Loads them by prepared tables; without it they are read in full.</param>
public sealed class DevelopmentKeyCache(CacheFolder folder, KeyTables? tables = null)
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
    public LoadedKey Get(CompiledCircuit circuit, out bool isCached, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        // Two processes that start together share one key.
        using var turn = folder.Lock(NameOf(circuit), cancellationToken);
        var path = PathOf(circuit);
        isCached = File.Exists(path);
        if (isCached)
        {
            return Read(path, circuit);
        }

        var key = Setup.InsecureDevelopment(circuit.R1cs, new SystemScalarSource(), progress, cancellationToken);
        folder.Write(NameOf(circuit), partial =>
        {
            ZkeyFile.Write(partial, key);
            File.Move(KeyPin.PathOf(partial), KeyPin.PathOf(PathOf(circuit)), overwrite: true);
        });
        return LoadedKey.Of(path, key);
    }

    private static string NameOf(CompiledCircuit circuit) => Path.Combine("keys", circuit.Hash + ".zkey");

    /// <summary>The key that is kept.</summary>
    /// <remarks>
    /// One that is damaged or of another circuit is an error and not made again: a new key has another verifying key, and whoever
    /// relies on the old one must not learn that from a proof that is refused.
    /// </remarks>
    private LoadedKey Read(string path, CompiledCircuit circuit)
    {
        var loaded = Load(path);
        var key = loaded.Key;
        if (key.WireCount == circuit.R1cs.WireCount && key.PublicCount == circuit.R1cs.PublicCount)
        {
            return loaded;
        }

        loaded.Dispose();
        throw new MismatchException(
            $"{path}: the key has {key.WireCount:N0} wires, {key.PublicCount:N0} of them public; the circuit has {circuit.R1cs.WireCount:N0} and {circuit.R1cs.PublicCount:N0}. {NewKey}");
    }

    private LoadedKey Load(string path)
    {
        try
        {
            return tables is null ? LoadedKey.Read(path) : tables.Load(path);
        }
        catch (MalformedFileException error)
        {
            throw new MalformedFileException(error.Path, error.Place, error.Offset, $"{error.Rule} {NewKey}");
        }
        catch (MismatchException error)
        {
            throw new MismatchException($"{error.Message} {NewKey}", error);
        }
    }
}
