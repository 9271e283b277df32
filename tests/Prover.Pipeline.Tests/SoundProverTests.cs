using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Constraints;
using Prover.Formats;
using Prover.Groth16;
using Prover.Groth16.Tests;
using Prover.Testing;

namespace Prover.Pipeline.Tests;

/// <summary>Every proof that is handed out verifies, whatever the device does, and the right one is blamed for one that does not.</summary>
public sealed class SoundProverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-sound-").FullName;
    private readonly List<string> _warnings = [];
    private readonly R1cs _circuit;
    private readonly Fr[] _witness;
    private readonly ProvingKey _key;
    private int _openedCpus;

    public SoundProverTests()
    {
        (_circuit, _witness) = SampleCircuit.Chain(length: 12, secret: 3);
        _key = Setup.InsecureDevelopment(_circuit, new SystemScalarSource());
    }

    private string KeyPath => Path.Combine(_folder, "k.zkey");

    private string TablesPath => KeyPath + ".tables";

    [Theory]
    [InlineData(DeviceFault.SumInG1)]
    [InlineData(DeviceFault.SumInG2)]
    [InlineData(DeviceFault.Quotient)]
    public void A_proof_that_a_device_gets_wrong_is_made_on_the_cpu_with_a_warning(DeviceFault fault)
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), fault, times: 1));
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);

        RequireValid(prover.Prove(_witness, _circuit));

        Assert.Equal(1, devices.RecomputedOnCpu);
        var warning = Assert.Single(_warnings);
        Assert.StartsWith($"warning: device gpu:0, faulty {fault}, computed wrongly", warning, StringComparison.Ordinal);
        Assert.Contains("prover doctor", warning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', warning);

        // The next one is right.
        RequireValid(prover.Prove(_witness, _circuit));
        Assert.Equal((1, 1), (devices.RecomputedOnCpu, _warnings.Count));
    }

    [Fact]
    public void A_device_that_is_always_wrong_is_named_each_time()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.SumInG2));
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);
        for (var proof = 1; proof <= 3; proof++)
        {
            RequireValid(prover.Prove(_witness));
            Assert.Equal((proof, proof), (devices.RecomputedOnCpu, _warnings.Count));
        }

        Assert.Equal(1, _openedCpus);
    }

    [Fact]
    public void The_cpu_stays_closed_while_the_device_computes_rightly()
    {
        using var devices = Pool(new ReferenceBackend());
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);

        RequireValid(prover.Prove(_witness, _circuit));

        Assert.Equal((0, 0), (_openedCpus, devices.RecomputedOnCpu));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_witness_is_blamed_and_not_the_device_even_if_that_is_faulty(bool isFaulty)
    {
        using var devices = Pool(isFaulty ? new FaultyDevice(new ReferenceBackend(), DeviceFault.SumInG1) : new ReferenceBackend());
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);

        var error = Assert.Throws<InvalidProofException>(() => prover.Prove(WrongWitness()));

        Assert.Contains("the witness does not satisfy the key's circuit", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("computed wrongly", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (_openedCpus, devices.RecomputedOnCpu));
        Assert.Empty(_warnings);
        Assert.Throws<UnsatisfiedConstraintException>(() => prover.Prove(WrongWitness(), _circuit));
        RequireValid(prover.Prove(_witness));
    }

    [Fact]
    public void Without_another_device_to_ask_the_cpu_may_be_to_blame_as_well()
    {
        using var devices = new DevicePool([new CpuBackend(1)], openCpu: null, _warnings.Add);
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);

        Assert.Contains("or the device computed wrongly", Assert.Throws<InvalidProofException>(() => prover.Prove(WrongWitness())).Message, StringComparison.Ordinal);
        RequireValid(prover.Prove(_witness));
    }

    [Fact]
    public void A_damaged_key_makes_no_proof_and_is_not_blamed_on_the_device()
    {
        var points = _key.H.ToArray();
        points[1] = points[2];
        using var devices = Pool(new ReferenceBackend());
        using var prover = new SoundProver(LoadedKey.Of("k", _key with { H = points }), devices);

        Assert.Contains("or the key is damaged", Assert.Throws<InvalidProofException>(() => prover.Prove(_witness, _circuit)).Message, StringComparison.Ordinal);
        Assert.Equal(0, devices.RecomputedOnCpu);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public void Damaged_tables_are_to_blame_for_their_part_and_a_faulty_device_for_its_own(bool isFaulty, int recomputed)
    {
        DamageTables();
        var notes = new List<string>();
        using var loaded = new KeyTables(_folder, notes.Add).Load(KeyPath);
        Assert.NotNull(loaded.TablesPath);
        using var devices = Pool(isFaulty ? new FaultyDevice(new CpuBackend(1), DeviceFault.Quotient) : new FaultyDevice(new CpuBackend(1), DeviceFault.Quotient, times: 0));
        using var prover = new SoundProver(loaded, devices);

        RequireValid(prover.Prove(_witness));
        RequireValid(prover.Prove(_witness));

        Assert.Equal((recomputed, recomputed), (devices.RecomputedOnCpu, _warnings.Count));
        Assert.Contains("The tables were removed", Assert.Single(notes), StringComparison.Ordinal);
        Assert.False(File.Exists(TablesPath));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_sound_key_takes_the_damaged_ones_place_on_a_device_that_has_memory_for_one(int atATime)
    {
        DamageTables();
        using var loaded = new KeyTables(_folder).Load(KeyPath);
        using var devices = new DevicePool([new FaultyDevice(new CpuBackend(2), DeviceFault.MemoryForTwoKeys)], OpenCpu, _warnings.Add, inFlight: atATime);
        using var prover = new SoundProver(loaded, devices);

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = atATime }, _ => RequireValid(prover.Prove(_witness)));

        Assert.Equal(atATime, devices.Slots);
        Assert.Empty(_warnings);
        Assert.Throws<DeviceMemoryException>(() => new SoundProver(LoadedKey.Of("k", _key), devices));
    }

    [Fact]
    public void A_key_that_could_not_be_loaded_is_loaded_the_next_time_and_never_after_it_was_freed()
    {
        using var device = new FaultyDevice(new ReferenceBackend(), DeviceFault.Memory, times: 1);
        var resident = new ResidentKey(() => new(_key, device));

        Assert.Throws<DeviceMemoryException>(() => resident.Prover);
        RequireValid(resident.Prover.Prove(_witness));
        Assert.Same(resident.Prover, resident.Prover);

        resident.Dispose();
        Assert.Throws<ObjectDisposedException>(() => resident.Prover);
    }

    [Fact]
    public void With_undamaged_tables_a_wrong_witness_is_all_that_is_left_to_blame()
    {
        ZkeyFile.Write(KeyPath, _key);
        var tables = new KeyTables(_folder);
        tables.Load(KeyPath).Dispose();
        using var loaded = tables.Load(KeyPath);
        using var devices = Pool(new ReferenceBackend());
        using var prover = new SoundProver(loaded, devices);

        var error = Assert.Throws<InvalidProofException>(() => prover.Prove(WrongWitness()));

        Assert.EndsWith("the witness does not satisfy the key's circuit. Neither the key nor its tables have changed since they were checked.", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(TablesPath));
        RequireValid(prover.Prove(_witness));
    }

    [Fact]
    public void Many_threads_get_a_proof_each_from_a_device_that_is_always_wrong()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(2), DeviceFault.SumInG1));
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => RequireValid(prover.Prove(_witness)));

        Assert.Equal((8, 1), (devices.RecomputedOnCpu, _openedCpus));
    }

    [Fact]
    public void A_lost_device_is_an_error_that_is_worth_a_retry_and_no_work_for_the_cpu()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Loss, first: 1));
        using var prover = new SoundProver(LoadedKey.Of("k", _key), devices);
        RequireValid(prover.Prove(_witness));
        Assert.False(devices.IsExhausted);

        Assert.Equal("gpu:0 fell off the bus.", Assert.Throws<DeviceLostException>(() => prover.Prove(_witness)).Message);
        Assert.Equal("gpu:0 fell off the bus.", Assert.Throws<DeviceLostException>(() => prover.Prove(_witness)).Message);

        Assert.True(devices.IsExhausted);
        Assert.Equal(0, _openedCpus);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_key_that_a_device_has_no_memory_for_is_an_error_at_once()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Memory, first: 2));

        var error = Assert.Throws<DeviceMemoryException>(() => new SoundProver(LoadedKey.Of("k", _key), devices));

        Assert.Contains("gpu:0 has 1,024 MiB", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DevicePool Pool(params IProverBackend[] backends) => new(backends, OpenCpu, _warnings.Add);

    private CpuBackend OpenCpu()
    {
        Interlocked.Increment(ref _openedCpus);
        return new(1);
    }

    private Fr[] WrongWitness()
    {
        var witness = (Fr[])_witness.Clone();
        witness[7] += 1;
        return witness;
    }

    private void RequireValid(Proof proof) => Assert.True(Verifier.Verify(_key.VerifyingKey, _witness.AsSpan(1, 2), proof));

    /// <summary>The first point of the tables' first list, on their second page, becomes one that is on no curve.</summary>
    private void DamageTables()
    {
        ZkeyFile.Write(KeyPath, _key);
        new KeyTables(_folder).Load(KeyPath).Dispose();
        var bytes = File.ReadAllBytes(TablesPath);
        bytes[4096] ^= 1;
        File.WriteAllBytes(TablesPath, bytes);
    }
}
