using System.Runtime.ExceptionServices;
using Prover.Algebra;
using Prover.Backends;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Pipeline;

/// <summary>A key that is resident on the devices of a pool, and on the CPU from when that is first needed.</summary>
/// <remarks>
/// A proof that does not verify is made once more on the CPU. If that one verifies, the device computed wrongly; if it does not either, the device is
/// cleared and the witness or the key is to blame.
/// </remarks>
internal sealed class KeyOnDevices : IDisposable
{
    private readonly DevicePool _pool;
    private readonly ResidentKey[] _onDevices;
    private readonly ResidentKey? _onCpu;
    private readonly SemaphoreSlim _cpuIsFree = new(1);

    /// <summary>Puts a key on each device when its first proof is made there, or by <see cref="Load"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="pool">The devices.</param>
    /// <param name="replaced">A key in whose place this one comes: it is freed on a device first, whose memory may not take both.</param>
    public KeyOnDevices(ProvingKey key, DevicePool pool, KeyOnDevices? replaced = null)
    {
        _pool = pool;
        _onDevices = [.. pool.Devices.Select(device => new ResidentKey(() =>
        {
            if (replaced is not null)
                device.Free(replaced._onDevices[device.Index]);

            return new(key, device.Backend);
        }))];
        _onCpu = pool.Cpu is { } cpu ? new(() => new(key, cpu.Value)) : null;
    }

    /// <summary>Puts the key on all devices while no proofs are being made. One whose memory does not take it is no longer used if others are left.</summary>
    /// <inheritdoc cref="DevicePool.Take" path="/exception"/>
    public void Load()
    {
        try
        {
            Parallel.ForEach(_pool.Devices.Where(device => device.Failure is null), device =>
            {
                try
                {
                    _ = _onDevices[device.Index].Prover;
                }
                catch (Exception failure) when (failure is DeviceLostException or DeviceMemoryException)
                {
                    _pool.Retire(device, failure);
                }
            });
        }
        catch (AggregateException several)
        {
            // It is the key's, which all devices read: one says it for all.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        _pool.RequireOne();
    }

    /// <summary>A proof, already verified, from a free device or from the CPU.</summary>
    /// <exception cref="InvalidProofException">It does not verify, not even if made on the CPU.</exception>
    /// <exception cref="DeviceLostException">The device was lost, and so was a second one that was to make the proof, or there is none.</exception>
    /// <exception cref="DeviceMemoryException">No device's memory suffices.</exception>
    /// <exception cref="ObjectDisposedException">Another key has taken this one's place on the device.</exception>
    /// <inheritdoc cref="Groth16Prover.Prove(ReadOnlyMemory{Fr}, R1cs, IProgress{Groth16Progress}, CancellationToken)" path="/exception"/>
    public Proof Prove(ReadOnlyMemory<Fr> witness, R1cs? circuit, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        PooledDevice? device = null;
        try
        {
            return OnFreeDevice(witness, circuit, progress, ref device, cancellationToken);
        }
        catch (InvalidProofException failure) when (_onCpu is not null)
        {
            return OnCpu(_onCpu, witness, progress, device!, failure, cancellationToken);
        }
    }

    /// <summary>Frees the key on all devices.</summary>
    public void Dispose()
    {
        foreach (var device in _pool.Devices)
        {
            device.Free(_onDevices[device.Index]);
        }

        _onCpu?.Dispose();
        _cpuIsFree.Dispose();
    }

    private Proof OnFreeDevice(
        ReadOnlyMemory<Fr> witness, R1cs? circuit, IProgress<Groth16Progress>? progress, ref PooledDevice? device, CancellationToken cancellationToken)
    {
        var hasLostOne = false;
        while (true)
        {
            var turn = _pool.Take(cancellationToken);
            device = turn.Device;
            try
            {
                return _onDevices[device.Index].Prover.Prove(witness, circuit, progress, cancellationToken);
            }
            catch (DeviceLostException loss)
            {
                _pool.Retire(device, loss);

                // The witness itself might be what brings devices down: it does not get a third.
                if (hasLostOne || _pool.IsExhausted)
                    throw;

                hasLostOne = true;
            }
            catch (DeviceMemoryException shortage) when (_pool.WasShared(turn))
            {
                // What does not fit beside another proof may fit alone.
                _pool.Narrow(device, shortage);
            }
            catch (DeviceMemoryException shortage)
            {
                // All proofs with one key take the same memory, so that none will fit.
                _pool.Retire(device, shortage);
                if (_pool.IsExhausted)
                    throw;
            }
            finally
            {
                _pool.Return(turn);
            }
        }
    }

    private Proof OnCpu(
        ResidentKey key,
        ReadOnlyMemory<Fr> witness,
        IProgress<Groth16Progress>? progress,
        PooledDevice device,
        InvalidProofException failure,
        CancellationToken cancellationToken)
    {
        // One proof has work for all cores; several at a time would only take more memory.
        _cpuIsFree.Wait(cancellationToken);
        try
        {
            var proof = key.Prover.Prove(witness, progress: progress, cancellationToken: cancellationToken);
            _pool.CountRecomputed(device);
            return proof;
        }
        catch (InvalidProofException)
        {
            throw new InvalidProofException(
                "The proof does not verify, nor does one that the CPU made anew, so both were discarded: the witness does not satisfy the key's circuit, or the key is damaged.", failure);
        }
        finally
        {
            _cpuIsFree.Release();
        }
    }
}
