using Prover.Formats;
using Prover.Groth16;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>Insecure development keys, made once for each circuit.</summary>
public sealed class DevelopmentKeyCache(CacheFolder folder)
{
    /// <summary>Where a circuit's key is kept.</summary>
    public string PathOf(CompiledCircuit circuit) => folder.PathOf(NameOf(circuit));

    /// <summary>The circuit's key.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="isCached">Whether it had been made before.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
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

    /// <summary>A damaged key, or one that a crash left with another key's pin, is made again.</summary>
    private static bool TryRead(string path, CompiledCircuit circuit, out ProvingKey? key)
    {
        key = null;
        try
        {
            if (File.Exists(path))
            {
                key = ZkeyFile.Read(path);
            }
        }
        catch (MalformedFileException)
        {
            File.Delete(path);
            File.Delete(KeyPin.PathOf(path));
        }

        if (key is not null && (key.WireCount != circuit.R1cs.WireCount || key.PublicCount != circuit.R1cs.PublicCount))
        {
            key = null;
        }

        return key is not null;
    }
}
