using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Gpu;
using Prover.Formats;
using Prover.Groth16;
using Prover.Groth16.Tests;
using Prover.Testing;

namespace Prover.Pipeline.Tests;

/// <summary>Proofs are spread over several devices, and one that fails takes nothing from the others.</summary>
public sealed class DevicePoolTests
{
    private readonly List<string> _warnings = [];
    private readonly Fr[] _witness;
    private readonly ProvingKey _key;

    public DevicePoolTests()
    {
        (var circuit, _witness) = SampleCircuit.Chain(length: 12, secret: 3);
        _key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
    }

    [Fact]
    public void Each_proof_verifies_and_every_device_makes_its_share()
    {
        using var devices = Pool(new CpuBackend(1), new ReferenceBackend(), new CpuBackend(2));
        using var prover = Prover(devices);

        ProveMany(prover, 30, atATime: devices.Slots);

        Assert.Equal(30, devices.Devices.Sum(device => device.Proofs));
        Assert.All(devices.Devices, device => Assert.InRange(device.Proofs, 1, 28));
    }

    [Fact]
    public void Several_gpus_make_a_proof_each()
    {
        // ILGPU's CPU accelerator stands for them; one of the two computes a sum wrongly.
        var (circuit, witness) = SampleCircuit.Chain(length: 1, secret: 3);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        var faulty = new FaultyDevice(GpuBackend.CreateOnCpuAccelerator(), DeviceFault.SumInG2, times: 1, name: "gpu:1");
        using var devices = Pool(GpuBackend.CreateOnCpuAccelerator(), faulty);
        using var prover = new SoundProver(LoadedKey.Of("k", key), devices);

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = devices.Slots }, _ =>
            Assert.True(Verifier.Verify(key.VerifyingKey, witness.AsSpan(1, 2), prover.Prove(witness))));

        Assert.Equal(4, devices.Devices.Sum(device => device.Proofs));
        Assert.All(devices.Devices, device => Assert.InRange(device.Proofs, 1, 3));
        Assert.Equal(1, devices.RecomputedOnCpu);
    }

    [Fact]
    public void One_after_another_the_devices_take_turns()
    {
        using var devices = Pool(new ReferenceBackend(), new ReferenceBackend());
        using var prover = Prover(devices);

        ProveMany(prover, 6, atATime: 1);

        Assert.All(devices.Devices, device => Assert.Equal(3, device.Proofs));
    }

    [Fact]
    public void A_device_that_is_not_for_several_threads_makes_one_proof_at_a_time()
    {
        using var one = new CountingDevice(new ReferenceBackend());
        using var many = new CountingDevice(new CpuBackend(1));
        using var devices = new DevicePool([one, many], openCpu: null, _warnings.Add, inFlight: 3);
        Assert.Equal(1 + 3, devices.Slots);
        using var prover = Prover(devices);

        // More threads than slots: some wait for a device.
        ProveMany(prover, 24, atATime: 8);

        Assert.Equal(1, one.MostAtATime);
        Assert.InRange(many.MostAtATime, 1, 3);
    }

    [Fact]
    public void The_proofs_of_a_lost_device_are_made_by_the_others()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), DeviceFault.Loss, first: 1, name: "gpu:0"), new FaultyDevice(new CpuBackend(1), DeviceFault.Loss, times: 0, name: "gpu:1"));
        using var prover = Prover(devices);

        ProveMany(prover, 12, atATime: devices.Slots);

        Assert.Equal("gpu:0 fell off the bus.", devices.Devices[0].Failure?.Message);
        Assert.Null(devices.Devices[1].Failure);
        Assert.Equal(11, devices.Devices[1].Proofs);
        Assert.Equal("warning: device gpu:0, faulty Loss, is no longer used, the others go on: gpu:0 fell off the bus.", Assert.Single(_warnings));
        Assert.Equal(0, devices.RecomputedOnCpu);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_device_that_is_wrong_again_is_used_no_longer_if_there_are_others(int times, bool isRetired)
    {
        using var devices = Pool(
            new FaultyDevice(new CpuBackend(1), DeviceFault.Quotient, times: times, name: "gpu:0"), new FaultyDevice(new CpuBackend(1), DeviceFault.Loss, times: 0, name: "gpu:1"));
        using var prover = Prover(devices);

        ProveMany(prover, 12, atATime: 1);

        Assert.Equal(times, devices.RecomputedOnCpu);
        Assert.Equal(times, devices.Devices[0].WrongProofs);
        Assert.Equal(isRetired, devices.Devices[0].Failure is not null);
        Assert.Equal(isRetired ? 2 : 6, devices.Devices[0].Proofs);
        Assert.Equal(isRetired, _warnings.Any(line => line.Contains("is no longer used, the others go on: gpu:0 got 2 proofs wrong.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(DeviceFault.Loss, 3)]
    [InlineData(DeviceFault.MemoryForOne, 3)]
    public void A_device_that_is_often_wrong_is_used_again_when_no_other_is_left(DeviceFault fault, int first)
    {
        var wrong = new FaultyDevice(new ReferenceBackend(), DeviceFault.Quotient, name: "gpu:0");
        var failing = new FaultyDevice(new ReferenceBackend(), fault, first, name: "gpu:1");
        using var devices = Pool(wrong, failing);
        using var prover = Prover(devices);

        ProveMany(prover, 9, atATime: 1);

        Assert.NotNull(devices.Devices[1].Failure);
        Assert.Null(devices.Devices[0].Failure);
        Assert.False(devices.IsExhausted);
        Assert.Equal(devices.Devices[0].WrongProofs, devices.RecomputedOnCpu);
        Assert.Contains(_warnings, line => line.Contains("gpu:0, faulty Quotient, is used again although it got 2 proofs wrong", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_that_is_often_wrong_and_then_lost_is_not_used_again()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Quotient, name: "gpu:0"), new ReferenceBackend());
        var (wrong, other) = (devices.Devices[0], devices.Devices[1]);
        devices.CountRecomputed(wrong);
        devices.CountRecomputed(wrong);
        Assert.Equal("gpu:0 got 2 proofs wrong.", wrong.Failure?.Message);

        devices.Retire(wrong, new DeviceLostException("It fell off the bus."));
        devices.Retire(other, new DeviceLostException("It fell off as well."));

        Assert.True(devices.IsExhausted);
        Assert.Equal("No device is left. It fell off the bus. It fell off as well.", Assert.Throws<DeviceLostException>(devices.RequireOne).Message);
    }

    [Fact]
    public void The_only_device_goes_on_however_often_it_is_wrong()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), DeviceFault.Quotient, times: 4, name: "gpu:0"));
        using var prover = Prover(devices);

        ProveMany(prover, 6, atATime: 1);

        Assert.Equal(4, devices.RecomputedOnCpu);
        Assert.Null(devices.Devices[0].Failure);
    }

    [Fact]
    public void A_witness_that_brings_two_devices_down_does_not_get_a_third()
    {
        using var devices = Pool([.. Enumerable.Range(0, 3).Select(i => new FaultyDevice(new ReferenceBackend(), DeviceFault.Loss, times: 1, name: $"gpu:{i}"))]);
        using var prover = Prover(devices);

        Assert.Equal("gpu:1 fell off the bus.", Assert.Throws<DeviceLostException>(() => prover.Prove(_witness)).Message);

        Assert.Equal([true, true, false], devices.Devices.Select(device => device.Failure is not null));
        Assert.False(devices.IsExhausted);
    }

    [Fact]
    public void Without_any_device_left_the_error_tells_of_all()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Loss, name: "gpu:0"), new FaultyDevice(new ReferenceBackend(), DeviceFault.Memory, name: "gpu:1"));
        using var prover = Prover(devices);
        Assert.Contains("gpu:1 has 1,024 MiB", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Equal(1, devices.Slots);
        Assert.Throws<DeviceLostException>(() => prover.Prove(_witness));
        Assert.Equal(0, devices.Slots);

        var error = Assert.Throws<DeviceLostException>(() => prover.Prove(_witness));

        Assert.StartsWith("No device is left. gpu:0 fell off the bus. A table of", error.Message, StringComparison.Ordinal);
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_one_error_on_several_devices_and_leaves_nothing_on_any()
    {
        var sound = new FaultyDevice(new ReferenceBackend(), DeviceFault.MemoryForTwoKeys, name: "gpu:0");
        using var devices = Pool(
            sound, new FaultyDevice(new ReferenceBackend(), DeviceFault.Rows, name: "gpu:1"), new FaultyDevice(new ReferenceBackend(), DeviceFault.Rows, name: "gpu:2"));

        Assert.Equal("The rows cannot be read.", Assert.Throws<InvalidDataException>(() => Prover(devices)).Message);

        // There is room for points in G2 only if none are there.
        using var points = sound.LoadG2(_key.B2);
        Assert.Throws<DeviceMemoryException>(() => sound.LoadG2(_key.B2));
    }

    [Fact]
    public void Devices_that_all_lack_memory_are_an_error_of_memory()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Memory, name: "gpu:0"), new FaultyDevice(new ReferenceBackend(), DeviceFault.Memory, name: "gpu:1"));

        var error = Assert.Throws<DeviceMemoryException>(() => Prover(devices));

        Assert.Contains("gpu:0 has 1,024 MiB", error.Message, StringComparison.Ordinal);
        Assert.Contains("gpu:1 has 1,024 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_whose_memory_does_not_take_two_proofs_at_a_time_gets_one()
    {
        using var devices = new DevicePool([new FaultyDevice(new CpuBackend(1), DeviceFault.MemoryForTwo)], openCpu: null, _warnings.Add, inFlight: 4);
        using var prover = Prover(devices);

        ProveMany(prover, 12, atATime: 4);

        Assert.Null(devices.Devices[0].Failure);
        Assert.Equal(1, devices.Slots);
        Assert.Contains("makes one proof at a time from now on: A quotient beside another one takes at least", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_that_had_the_device_to_itself_is_not_made_twice_for_lack_of_memory()
    {
        using var devices = new DevicePool([new FaultyDevice(new CpuBackend(1), DeviceFault.MemoryForOne, first: 2)], openCpu: null, _warnings.Add, inFlight: 4);
        using var prover = Prover(devices);
        ProveMany(prover, 2, atATime: 1);

        Assert.Contains("gpu:0 has 1,024 MiB", Assert.Throws<DeviceMemoryException>(() => prover.Prove(_witness)).Message, StringComparison.Ordinal);

        Assert.Equal(3, devices.Devices[0].Proofs);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_turn_is_shared_with_proofs_before_it_and_after_it()
    {
        using var devices = new DevicePool([new CpuBackend(1)], openCpu: null, _warnings.Add, inFlight: 2);
        var alone = devices.Take(CancellationToken.None);
        Assert.False(devices.WasShared(alone));
        devices.Return(alone);

        var before = devices.Take(CancellationToken.None);
        Assert.False(devices.WasShared(before));
        var after = devices.Take(CancellationToken.None);

        Assert.True(devices.WasShared(before));
        devices.Return(before);
        Assert.True(devices.WasShared(after));
        devices.Return(after);
    }

    [Fact]
    public void A_device_whose_memory_takes_no_proof_leaves_them_to_the_others()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.MemoryForOne, name: "gpu:0"), new CpuBackend(1));
        using var prover = Prover(devices);

        ProveMany(prover, 6, atATime: devices.Slots);

        Assert.Equal((1, 6), (devices.Devices[0].Proofs, devices.Devices[1].Proofs));
        Assert.Contains("gpu:0, faulty MemoryForOne, is no longer used", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void One_device_that_computes_wrongly_is_named_and_the_others_are_not()
    {
        using var devices = Pool(new CpuBackend(1), new FaultyDevice(new CpuBackend(1), DeviceFault.SumInG1, name: "gpu:1"));
        using var prover = Prover(devices);

        ProveMany(prover, 10, atATime: devices.Slots);

        Assert.Equal(devices.Devices[1].Proofs, devices.RecomputedOnCpu);
        Assert.Equal(devices.RecomputedOnCpu, _warnings.Count(warning => warning.Contains("computed wrongly", StringComparison.Ordinal)));
        Assert.All(_warnings, warning => Assert.StartsWith("warning: device gpu:1, ", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_waits_for_a_device_can_be_cancelled()
    {
        using var devices = Pool(new ReferenceBackend());
        using var source = new CancellationTokenSource();
        var taken = devices.Take(CancellationToken.None);

        var waiting = Task.Run(() => devices.Take(source.Token));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100)));
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        devices.Return(taken);
        Assert.Same(taken.Device, devices.Take(CancellationToken.None).Device);
    }

    private DevicePool Pool(params IProverBackend[] backends) => new(backends, () => new CpuBackend(1), _warnings.Add);

    private SoundProver Prover(DevicePool devices) => new(LoadedKey.Of("k", _key), devices);

    /// <summary>Proves on threads of their own, so that there are that many at once.</summary>
    private void ProveMany(SoundProver prover, int count, int atATime)
    {
        var begun = 0;
        Task.WaitAll([.. Enumerable.Range(0, atATime).Select(_ => Task.Factory.StartNew(ProveUntilDone, TaskCreationOptions.LongRunning))]);

        void ProveUntilDone()
        {
            while (Interlocked.Increment(ref begun) <= count)
            {
                Assert.True(Verifier.Verify(_key.VerifyingKey, _witness.AsSpan(1, 2), prover.Prove(_witness)));
            }
        }
    }
}
