using Prover.Algebra;
using Prover.Backends;
using Prover.Constraints;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Pipeline;

/// <summary>
/// Proves with one key, in spite of a device that computes wrongly and of damaged tables: a proof that does not verify is made again on the CPU, and if
/// it does not verify then either, and the key's tables turn out to be damaged, with the key itself, as are all that follow.
/// </summary>
/// <remarks>As many threads as the pool has slots make the most proofs per second.</remarks>
public sealed class SoundProver : IDisposable
{
    private readonly LoadedKey _loaded;
    private readonly DevicePool _pool;
    private readonly KeyOnDevices _resident;
    private readonly Lock _gate = new();
    private LoadedKey? _sound;
    private volatile KeyOnDevices? _soundResident;

    /// <summary>Puts the key on every device. Key and pool stay the caller's, who disposes of them after this object.</summary>
    /// <exception cref="DeviceMemoryException">No device's memory takes the key.</exception>
    /// <exception cref="DeviceLostException">All devices were lost.</exception>
    public SoundProver(LoadedKey loaded, DevicePool pool)
    {
        (_loaded, _pool) = (loaded, pool);
        _resident = new(loaded.Key, pool);
        try
        {
            _resident.Load();
        }
        catch
        {
            _resident.Dispose();
            throw;
        }
    }

    /// <summary>Proves one witness with a key that is used once.</summary>
    /// <inheritdoc cref="Prove(ReadOnlyMemory{Fr}, R1cs?, IProgress{Groth16Progress}?, CancellationToken)"/>
    public static Proof Prove(
        LoadedKey loaded, DevicePool pool, ReadOnlyMemory<Fr> witness, R1cs? circuit, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        using var prover = new SoundProver(loaded, pool);
        return prover.Prove(witness, circuit, progress, cancellationToken);
    }

    /// <summary>A proof, already verified.</summary>
    /// <param name="witness">The value of every wire.</param>
    /// <param name="circuit">The circuit, if its rows should be checked first.</param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="InvalidProofException">No proof verifies: the witness does not satisfy the circuit.</exception>
    /// <exception cref="UnsatisfiedConstraintException">The witness violates a row of <paramref name="circuit"/>.</exception>
    /// <exception cref="DeviceLostException">The device was lost, and there is no other.</exception>
    /// <exception cref="DeviceMemoryException">The device's memory does not suffice.</exception>
    public Proof Prove(ReadOnlyMemory<Fr> witness, R1cs? circuit = null, IProgress<Groth16Progress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (_soundResident is { } sound)
        {
            return sound.Prove(witness, circuit, progress, cancellationToken);
        }

        try
        {
            return _resident.Prove(witness, circuit, progress, cancellationToken);
        }
        catch (ObjectDisposedException) when (_soundResident is not null)
        {
            // Between the question above and this proof's turn the sound key took the damaged one's place on the device.
            return _soundResident.Prove(witness, circuit, progress, cancellationToken);
        }
        catch (InvalidProofException failure)
        {
            return WithoutTables(failure).Prove(witness, circuit, progress, cancellationToken);
        }
    }

    /// <summary>Frees the key on the devices.</summary>
    public void Dispose()
    {
        _soundResident?.Dispose();
        _sound?.Dispose();
        _resident.Dispose();
    }

    private KeyOnDevices WithoutTables(InvalidProofException failure)
    {
        lock (_gate)
        {
            if (_soundResident is { } others)
                return others;

            _sound = _loaded.WithoutTables() ?? throw Blame(failure);
            return _soundResident = new KeyOnDevices(_sound.Key, _pool, replaced: _resident);
        }
    }

    /// <summary>What is left to blame if the tables are not: not the key either, if they have been compared with it.</summary>
    private InvalidProofException Blame(InvalidProofException failure) => _loaded.TablesPath is null
        ? failure
        : new($"The proof does not verify, so it was discarded: the witness does not satisfy the key's circuit{(_pool.ChecksOnCpu ? "" : ", or the device computed wrongly")}. Neither the key nor its tables have changed since they were checked.", failure);
}
