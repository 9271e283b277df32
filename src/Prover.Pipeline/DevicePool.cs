using Prover.Backends;

namespace Prover.Pipeline;

/// <summary>The devices that proofs are made on, each proof on one that is free, and the CPU for a proof that its device gets wrong.</summary>
/// <remarks>For one key at a time, since a device's memory may not take two; for any number of threads.</remarks>
public sealed class DevicePool : IDisposable
{
    /// <summary>One may be a stray particle's, two are the device's.</summary>
    private const int MostWrongProofs = 2;

    private readonly object _gate = new();
    private readonly Lazy<IProverBackend>? _cpu;
    private readonly Action<string> _warn;
    private int _recomputedOnCpu;

    /// <summary>A pool of devices, which it disposes of.</summary>
    /// <param name="backends">The devices, one at least.</param>
    /// <param name="openCpu">Opens the CPU once a device has computed wrongly; null if the devices are the CPU, which nothing is more certain than.</param>
    /// <param name="warn">Told in one line of a device that computes wrongly or can no longer be used.</param>
    /// <param name="inFlight">How many proofs at a time each device gets, but one that is not for several threads gets one; otherwise what serves it best.</param>
    public DevicePool(IReadOnlyList<IProverBackend> backends, Func<IProverBackend>? openCpu, Action<string> warn, int? inFlight = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(backends.Count);
        Devices = [.. backends.Select((backend, i) => new PooledDevice(backend, i, backend.ProofsInFlight > 1 ? inFlight ?? backend.ProofsInFlight : 1))];
        _cpu = openCpu is null ? null : new Lazy<IProverBackend>(openCpu);
        _warn = warn;
    }

    /// <summary>All devices, those that are no longer used as well.</summary>
    public IReadOnlyList<PooledDevice> Devices { get; }

    /// <summary>How many proofs can be made at a time on the devices that are left.</summary>
    public int Slots
    {
        get
        {
            lock (_gate)
                return Devices.Where(device => device.Failure is null).Sum(device => device.Slots);
        }
    }

    /// <summary>The devices' names.</summary>
    public string Names => string.Join(", ", Devices.Select(device => device.Backend.Name));

    /// <summary>How many proofs a device got wrong, so that the CPU made them.</summary>
    public int RecomputedOnCpu => Volatile.Read(ref _recomputedOnCpu);

    /// <summary>Whether no device is left.</summary>
    public bool IsExhausted
    {
        get
        {
            lock (_gate)
                return Devices.All(device => device.Failure is not null);
        }
    }

    /// <summary>Whether a proof that does not verify is made again on the CPU, which clears the device if it does not verify then either.</summary>
    public bool ChecksOnCpu => _cpu is not null;

    /// <summary>The CPU, opened when first asked for; null if the devices are the CPU.</summary>
    internal Lazy<IProverBackend>? Cpu => _cpu;

    /// <summary>Frees the devices.</summary>
    public void Dispose()
    {
        foreach (var device in Devices)
        {
            device.Free(device.Backend);
        }

        if (_cpu is { IsValueCreated: true })
            _cpu.Value.Dispose();
    }

    /// <summary>A proof's turn on the device with the fewest proofs under way, waiting until one has room; the caller gives it back.</summary>
    /// <exception cref="DeviceLostException">No device is left.</exception>
    /// <exception cref="DeviceMemoryException">No device is left, because none has memory enough.</exception>
    internal DeviceTurn Take(CancellationToken cancellationToken)
    {
        using var wakening = cancellationToken.Register(Wake);
        lock (_gate)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RequireOne();
                if (Devices.Where(device => device.Failure is null && device.InUse < device.Slots).MinBy(device => (device.InUse, device.Proofs)) is { } free)
                {
                    return new(free, Beside: free.InUse++, Number: ++free.Proofs);
                }

                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Whether a proof has had to share its device: others were under way when its turn began, or have begun since.</summary>
    internal bool WasShared(DeviceTurn turn)
    {
        lock (_gate)
            return turn.Beside > 0 || turn.Device.Proofs > turn.Number;
    }

    /// <summary>Gives a device back.</summary>
    internal void Return(DeviceTurn turn)
    {
        lock (_gate)
        {
            turn.Device.InUse--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Gives a device one proof at a time from now on, since its memory is short.</summary>
    internal void Narrow(PooledDevice device, DeviceMemoryException shortage)
    {
        lock (_gate)
        {
            if (device.Slots == 1)
                return;

            device.Slots = 1;
        }

        _warn($"warning: {device.Title} makes one proof at a time from now on: {shortage.Message}");
    }

    /// <summary>Uses a device no longer, and says so if others go on. If none is left, those that computed wrongly are used again: the CPU mends what they make.</summary>
    internal void Retire(PooledDevice device, Exception failure)
    {
        PooledDevice[] others = [];
        lock (_gate)
        {
            if (device.Failure is not null && !device.IsDistrusted)
                return;

            (device.Failure, device.IsDistrusted) = (failure, false);
            if (IsExhausted)
                others = [.. Devices.Where(other => other.IsDistrusted)];

            foreach (var other in others)
            {
                (other.Failure, other.IsDistrusted) = (null, false);
            }

            Monitor.PulseAll(_gate);
        }

        if (!IsExhausted)
            _warn($"warning: {device.Title} is no longer used, the others go on: {failure.Message}");

        foreach (var other in others)
        {
            _warn($"warning: {other.Title} is used again although it got {other.WrongProofs:N0} proofs wrong, since no other device is left: the CPU makes anew what it gets wrong.");
        }
    }

    /// <summary>Fails if no device is left.</summary>
    /// <inheritdoc cref="Take" path="/exception"/>
    internal void RequireOne()
    {
        lock (_gate)
        {
            if (!IsExhausted)
                return;

            Exception[] failures = [.. Devices.Select(device => device.Failure!)];
            var message = failures is [var only] ? only.Message : $"No device is left. {string.Join(" ", failures.Select(failure => failure.Message))}";
            throw failures.All(failure => failure is DeviceMemoryException) ? new DeviceMemoryException(message, failures[0]) : new DeviceLostException(message, failures[0]);
        }
    }

    /// <summary>Counts a proof that a device got wrong and the CPU right, and says so. One that gets more wrong is used no longer while there are others.</summary>
    internal void CountRecomputed(PooledDevice device)
    {
        Interlocked.Increment(ref _recomputedOnCpu);
        DeviceLostException? distrust = null;
        lock (_gate)
        {
            device.WrongProofs++;
            if (device.WrongProofs >= MostWrongProofs && device.Failure is null && Devices.Any(other => other != device && other.Failure is null))
            {
                distrust = new DeviceLostException($"{device.Backend.Name} got {device.WrongProofs:N0} proofs wrong.");
                (device.Failure, device.IsDistrusted) = (distrust, true);
                Monitor.PulseAll(_gate);
            }
        }

        _warn($"warning: {device.Title} computed wrongly: its proof did not verify and was discarded; the CPU's proof of the same witness does. Examine the device with 'prover doctor'.");
        if (distrust is not null)
            _warn($"warning: {device.Title} is no longer used, the others go on: {distrust.Message}");
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
