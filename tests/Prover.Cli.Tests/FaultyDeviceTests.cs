using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Formats;
using Prover.Groth16;
using Prover.Pipeline;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>What <c>prove</c> and <c>prove-all</c> write and report when a device computes wrongly or is lost.</summary>
public sealed class FaultyDeviceTests : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void A_proof_that_the_device_gets_wrong_is_written_as_the_cpu_made_it_and_counted()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), DeviceFault.SumInG1, times: 1));

        var proved = Prove(devices, _place.Witness, json: true).Expect(ExitCode.Success);

        Assert.Equal(1, proved.Json.GetProperty("recomputedOnCpu").GetInt32());
        Assert.Equal("gpu:0", proved.Json.GetProperty("device").GetString());
        Assert.Single(proved.Error.Split("warning: device gpu:0, faulty SumInG1, computed wrongly")[1..]);
        Outcome.Of("verify", _place.VerifyingKey, _place.PathOf("p.public.json"), _place.PathOf("p.json")).Expect(ExitCode.Success);

        // The pool counts on; the proof after it is the device's own.
        Assert.Contains("recomputed", Prove(devices, _place.Witness, json: false).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
        Assert.Equal(1, devices.RecomputedOnCpu);
    }

    [Fact]
    public void Nothing_is_said_of_the_cpu_when_the_device_is_right()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), DeviceFault.SumInG1, times: 0));

        var report = Prove(devices, _place.Witness, json: false).Expect(ExitCode.Success);

        Assert.DoesNotContain("recomputed", report.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", report.Error, StringComparison.Ordinal);
        Assert.Equal(0, Prove(devices, _place.Witness, json: true).Json.GetProperty("recomputedOnCpu").GetInt32());
    }

    [Theory]
    [InlineData(DeviceFault.Quotient)]
    [InlineData(DeviceFault.Loss)]
    [InlineData(DeviceFault.Memory)]
    public void Whatever_fails_no_file_is_written_for_a_witness_that_cannot_be_proved(DeviceFault fault)
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(1), fault));

        var refused = Prove(devices, WrongWitness(), json: false);

        refused.Expect(fault switch { DeviceFault.Loss => ExitCode.RetryableRemote, DeviceFault.Memory => ExitCode.OutOfResources, _ => ExitCode.NegativeVerdict });
        Assert.DoesNotContain("warning", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.PathOf("p.json")) || File.Exists(_place.PathOf("p.public.json")));
        if (fault == DeviceFault.Quotient)
            Assert.Contains($"does not satisfy the circuit of {_place.Key}. Neither the key nor its tables have changed since they were checked.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_proofs_of_a_device_that_is_always_wrong_are_the_cpus_and_a_wrong_witness_is_still_to_blame_itself()
    {
        using var devices = Pool(new FaultyDevice(new CpuBackend(2), DeviceFault.SumInG2));
        string[] witnesses = [.. Copies(4), WrongWitness()];

        var proved = ProveAll(devices, witnesses, json: true).Expect(ExitCode.NegativeVerdict);

        Assert.Equal(4, proved.Json.GetProperty("proved").GetInt32());
        Assert.Equal(4, proved.Json.GetProperty("recomputedOnCpu").GetInt32());
        Assert.Equal(4, proved.Error.Split("computed wrongly").Length - 1);
        Assert.Contains($"error: {_place.PathOf("wrong.wtns")}: the proof does not verify", proved.Error, StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            Outcome.Of("verify", _place.VerifyingKey, _place.PathOf("all", $"{i}.public.json"), _place.PathOf("all", $"{i}.proof.json")).Expect(ExitCode.Success);
        }

        Assert.Equal(8, Directory.GetFiles(_place.PathOf("all")).Length);
    }

    [Fact]
    public void After_the_loss_of_the_device_the_witnesses_that_are_left_are_not_tried()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.Loss, first: 2));

        var proved = ProveAll(devices, Copies(6), json: true).Expect(ExitCode.RetryableRemote);

        Assert.Equal(2, proved.Json.GetProperty("proved").GetInt32());
        Assert.Equal(4, proved.Json.GetProperty("failed").GetInt32());
        Assert.Contains("wtns: not proved: gpu:0 fell off the bus.", proved.Error, StringComparison.Ordinal);
        Assert.Contains("error: 3 of 6 witnesses were not tried, since no device was left", proved.Error, StringComparison.Ordinal);
        Assert.Equal(2, proved.Error.Split("error: ").Length - 1);
        var codes = proved.Json.GetProperty("witnesses").EnumerateArray().Select(witness => witness.GetProperty("exitCode").GetInt32()).Order();
        Assert.Equal([0, 0, 5, 5, 5, 5], codes);
        Assert.Equal(4, Directory.GetFiles(_place.PathOf("all")).Length);
    }

    [Fact]
    public void After_the_one_proof_that_shows_that_memory_is_short_no_other_is_tried()
    {
        using var devices = Pool(new FaultyDevice(new ReferenceBackend(), DeviceFault.MemoryForOne));

        var refused = ProveAll(devices, Copies(3), json: true).Expect(ExitCode.OutOfResources);

        Assert.Contains("not proved: A quotient takes at least 1,048,576 MiB of device memory, and gpu:0 has 1,024 MiB", refused.Error, StringComparison.Ordinal);
        Assert.Contains("error: 2 of 3 witnesses were not tried", refused.Error, StringComparison.Ordinal);
        Assert.All(refused.Json.GetProperty("witnesses").EnumerateArray(), witness => Assert.Equal(ExitCode.OutOfResources, witness.GetProperty("exitCode").GetInt32()));
        Assert.Empty(Directory.GetFiles(_place.PathOf("all")));
    }

    [Fact]
    public void What_a_lost_device_leaves_the_others_prove_and_the_report_tells_of_each()
    {
        using var devices = Pool(
            new FaultyDevice(new CpuBackend(1), DeviceFault.Loss, first: 1, name: "gpu:0"), new FaultyDevice(new CpuBackend(1), DeviceFault.Loss, times: 0, name: "gpu:1"));
        var witnesses = Copies(6);

        var proved = ProveAll(devices, witnesses, json: true).Expect(ExitCode.Success);

        Assert.Equal(6, proved.Json.GetProperty("proved").GetInt32());
        Assert.Equal(
            [("gpu:0", "gpu:0 fell off the bus."), ("gpu:1", null)],
            proved.Json.GetProperty("devices").EnumerateArray().Select(device => (device.GetProperty("name").GetString(), device.GetProperty("failure").GetString())));
        Assert.Contains("warning: device gpu:0, faulty Loss, is no longer used, the others go on", proved.Error, StringComparison.Ordinal);

        var report = ProveAll(devices, witnesses, json: false).Expect(ExitCode.Success).Output;
        Assert.Contains("device gpu:0", report, StringComparison.Ordinal);
        Assert.Contains("then no longer used: gpu:0 fell off the bus.", report, StringComparison.Ordinal);
        Assert.Contains("device gpu:1", report, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private DevicePool Pool(params IProverBackend[] backends) => new(backends, () => new CpuBackend(1), line => _warn(line));

    private Action<string> _warn = _ => { };

    private Outcome Prove(DevicePool devices, string witness, bool json) => Run(json, terminal =>
        ProveCommand.Run(terminal, devices, _place.Key, witness, _place.PathOf("p.json"), _place.PathOf("p.public.json"), withTables: true, CancellationToken.None));

    private Outcome ProveAll(DevicePool devices, string[] witnesses, bool json) => Run(json, terminal =>
        ProveAllCommand.Run(terminal, devices, _place.Key, witnesses, _place.PathOf("all"), withTables: true, CancellationToken.None));

    /// <summary>As the command line runs a command whose devices are open.</summary>
    private Outcome Run(bool json, Func<Terminal, int> command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var oneAtATime = TextWriter.Synchronized(error);
        var terminal = new Terminal(output, oneAtATime, interactive: false, json);
        _warn = terminal.Note;
        try
        {
            return new(command(terminal), output.ToString(), error.ToString());
        }
        catch (Exception failure) when (Failures.TryDescribe(failure, out var code, out var message))
        {
            terminal.Error(message);
            return new(code, output.ToString(), error.ToString());
        }
    }

    private string[] Copies(int count)
    {
        string[] copies = [.. Enumerable.Range(0, count).Select(i => _place.PathOf($"{i}.wtns"))];
        Array.ForEach(copies, path => File.Copy(_place.Witness, path));
        return copies;
    }

    private string WrongWitness()
    {
        var values = WtnsFile.Read(_place.Witness);
        values[^1] += Fr.One;
        WtnsFile.Write(_place.PathOf("wrong.wtns"), values);
        return _place.PathOf("wrong.wtns");
    }
}
