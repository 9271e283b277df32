using Prover.Backends;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Cli;

/// <summary>
/// Proves witnesses with one key, several at a time if the caller likes. If the key's tables turn out to be damaged, the proof is made again
/// with the key itself, and so are all that follow.
/// </summary>
internal sealed class KeyProver : IDisposable
{
    private readonly string _path;
    private readonly IProverBackend _backend;
    private readonly LoadedKey _loaded;
    private readonly Groth16Prover _prover;
    private readonly Lock _gate = new();
    private LoadedKey? _sound;
    private volatile Groth16Prover? _soundProver;

    /// <summary>Loads the key. The backend stays the caller's, who disposes of it after this object.</summary>
    public KeyProver(string path, bool withTables, IProverBackend backend, Terminal terminal)
    {
        (_path, _backend) = (path, backend);
        _loaded = Keys.Load(path, withTables, terminal);
        _prover = new(_loaded.Key, backend);
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
            return (ProveWithSoundKey(witness, progress, cancellation), witness[1..(Key.PublicCount + 1)]);
        }
        catch (InvalidProofException failure)
        {
            throw new InvalidProofException(
                $"{witnessPath}: the proof does not verify, so it was discarded: this witness does not satisfy the circuit of {_path}, or the device computed wrongly. The key is undamaged.",
                failure);
        }
    }

    /// <summary>Frees the key.</summary>
    public void Dispose()
    {
        _soundProver?.Dispose();
        _sound?.Dispose();
        _prover.Dispose();
        _loaded.Dispose();
    }

    private Proof ProveWithSoundKey(Fr[] witness, IProgress<Groth16Progress>? progress, CancellationToken cancellation)
    {
        if (_soundProver is { } sound)
        {
            return sound.Prove(witness, progress: progress, cancellationToken: cancellation);
        }

        try
        {
            return _prover.Prove(witness, progress: progress, cancellationToken: cancellation);
        }
        catch (InvalidProofException failure)
        {
            return WithoutTables(failure).Prove(witness, progress: progress, cancellationToken: cancellation);
        }
    }

    private Groth16Prover WithoutTables(InvalidProofException failure)
    {
        lock (_gate)
        {
            _sound ??= _loaded.WithoutTables(failure);
            return _soundProver ??= new Groth16Prover(_sound.Key, _backend);
        }
    }
}
