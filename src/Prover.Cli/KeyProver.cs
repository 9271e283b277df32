using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>Proves files of witnesses with one key, several at a time if the caller likes.</summary>
internal sealed class KeyProver : IDisposable
{
    private readonly string _path;
    private readonly DevicePool _devices;
    private readonly LoadedKey _loaded;
    private readonly SoundProver _prover;

    /// <summary>Loads the key. The devices stay the caller's, who disposes of them after this object.</summary>
    public KeyProver(string path, bool withTables, DevicePool devices, Terminal terminal)
    {
        (_path, _devices) = (path, devices);
        _loaded = Keys.Load(path, withTables, terminal);
        _prover = new(_loaded, devices);
    }

    /// <summary>The key.</summary>
    public ProvingKey Key => _loaded.Key;

    /// <summary>Proves a witness.</summary>
    /// <returns>The proof, already verified, and the public inputs.</returns>
    /// <exception cref="MismatchException">The witness is of another circuit.</exception>
    /// <exception cref="InvalidProofException">The witness does not satisfy the circuit; the message names it.</exception>
    /// <inheritdoc cref="WtnsFile.Read" path="/exception"/>
    public (Proof Proof, Fr[] Inputs) Prove(string witnessPath, IProgress<Groth16Progress>? progress, CancellationToken cancellation)
    {
        var witness = WtnsFile.Read(witnessPath);
        if (witness.Length != Key.WireCount)
        {
            throw new MismatchException($"{_path} expects {Key.WireCount:N0} wires, {witnessPath} has {witness.Length:N0}.");
        }

        try
        {
            return (_prover.Prove(witness, progress: progress, cancellationToken: cancellation), witness[1..(Key.PublicCount + 1)]);
        }
        catch (InvalidProofException failure)
        {
            var orTheDevice = _devices.ChecksOnCpu ? "" : ", or the device computed wrongly";
            throw new InvalidProofException(
                $"{witnessPath}: the proof does not verify, so it was discarded: this witness does not satisfy the circuit of {_path}{orTheDevice}. Neither the key nor its tables have changed since they were checked.",
                failure);
        }
    }

    /// <summary>Frees the key.</summary>
    public void Dispose()
    {
        _prover.Dispose();
        _loaded.Dispose();
    }
}
