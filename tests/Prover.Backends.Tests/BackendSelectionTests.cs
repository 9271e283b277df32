namespace Prover.Backends.Tests;

public sealed class BackendSelectionTests
{
    private static readonly BackendCandidate Missing = new("gpu", () => throw new DeviceNotFoundException("No driver."));
    private static readonly BackendCandidate Wrong = new("cpu", () => new FaultyBackend(FaultyKernel.SumInG1));
    private static readonly BackendCandidate Right = new("reference", () => new ReferenceBackend());

    [Fact]
    public void Auto_takes_the_first_that_passes_and_says_so_in_one_line()
    {
        var lines = new List<string>();
        using var backend = new BackendSelection(Missing, Wrong, Right).Create("auto", lines.Add);
        Assert.Equal("reference", backend.Name);
        var line = Assert.Single(lines);
        Assert.Contains("reference", line, StringComparison.Ordinal);
        Assert.EndsWith("; left out: cpu: A sum in G1 came out wrong.", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void The_name_of_a_kind_stands_for_its_first_device_or_for_all_that_can_be_used()
    {
        var selection = new BackendSelection(Gpu(0), Gpu(1), Gpu(2), Right);
        Assert.Equal(["gpu", "gpu:0", "gpu:1", "gpu:2", "reference", "auto"], selection.Names);
        Assert.Equal("gpu:0", selection.Create("gpu", Ignore).Name);
        Assert.Equal("gpu:1", selection.Create("gpu:1", Ignore).Name);
        Assert.Equal(["gpu:1"], selection.CreateAll("gpu:1", atMost: 5, Ignore).Select(backend => backend.Name));
        Assert.Equal(["gpu:0", "gpu:1"], selection.CreateAll("gpu", atMost: 2, Ignore).Select(backend => backend.Name));
        Assert.Equal(["gpu:0", "gpu:1", "gpu:2"], selection.CreateAll("gpu", atMost: 5, Ignore).Select(backend => backend.Name));
    }

    [Fact]
    public void A_kind_of_which_one_device_cannot_be_opened_is_an_error_and_leaves_none_open()
    {
        var first = new FaultyBackend(FaultyKernel.None);
        var selection = new BackendSelection(new("gpu:0", () => first), new("gpu:1", () => throw new DeviceNotFoundException("It is in use.")), Right);
        Assert.Equal("It is in use.", Assert.Throws<DeviceNotFoundException>(() => selection.CreateAll("gpu", atMost: 2, Ignore)).Message);
        Assert.True(first.IsDisposed);
        Assert.Single(selection.CreateAll("gpu", atMost: 1, Ignore));
    }

    [Fact]
    public void Auto_takes_all_of_the_fastest_kind_that_pass_and_names_those_that_fail()
    {
        var lines = new List<string>();
        var selection = new BackendSelection(Gpu(0, FaultyKernel.SumInG2), Gpu(1), new("gpu:2", () => throw new DeviceLostException("It fell off the bus.")), Gpu(3), Right);
        Assert.Equal(["gpu:1", "gpu:3"], selection.CreateAll("auto", atMost: 5, lines.Add).Select(backend => backend.Name));
        var line = Assert.Single(lines);
        Assert.Contains("device gpu:1: ", line, StringComparison.Ordinal);
        Assert.Contains("; device gpu:3: ", line, StringComparison.Ordinal);
        Assert.EndsWith("; left out: gpu:0: A sum in G2 came out wrong. gpu:2: It fell off the bus.", line, StringComparison.Ordinal);
        Assert.Equal("gpu:1", selection.Create("auto", Ignore).Name);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "; left out: gpu: No driver.")]
    public void Auto_passes_over_a_missing_device_in_silence_and_tells_of_one_that_is_there_and_refuses(bool wasFound, string told)
    {
        var lines = new List<string>();
        using var backend = new BackendSelection(new("gpu", () => throw new DeviceNotFoundException("No driver.") { WasFound = wasFound }), Right).Create("auto", lines.Add);
        Assert.Equal("reference", backend.Name);
        Assert.EndsWith($" ms){told}", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_goes_on_whatever_a_driver_throws_and_names_it()
    {
        var lines = new List<string>();
        var throwing = new ThrowingBackend(new InvalidOperationException("Bad PTX."));
        var selection = new BackendSelection(new("gpu:0", () => throw new DllNotFoundException("No libcuda.")), new("gpu:1", () => throwing), Gpu(2), Right);
        Assert.Equal("gpu:2", Assert.Single(selection.CreateAll("auto", atMost: 5, lines.Add)).Name);
        Assert.EndsWith("; left out: gpu:0: DllNotFoundException: No libcuda. gpu:1: InvalidOperationException: Bad PTX.", Assert.Single(lines), StringComparison.Ordinal);
        Assert.True(throwing.IsDisposed);
    }

    [Fact]
    public void Auto_leaves_nothing_open_when_it_ends_in_an_exception()
    {
        var (first, throwing) = (new FaultyBackend(FaultyKernel.None, "gpu:0"), new ThrowingBackend(new InsufficientMemoryException()));
        var selection = new BackendSelection(new("gpu:0", () => first), new("gpu:1", () => throwing), Right);
        Assert.Throws<InsufficientMemoryException>(() => selection.CreateAll("auto", atMost: 2, Ignore));
        Assert.True(first.IsDisposed);
        Assert.True(throwing.IsDisposed);
        Assert.Equal("gpu:0", Assert.Single(selection.CreateAll("auto", atMost: 1, Ignore)).Name);
    }

    [Fact]
    public void A_named_device_is_used_or_is_an_error()
    {
        var selection = new BackendSelection(Missing, Right);
        var missing = Assert.Throws<DeviceNotFoundException>(() => selection.Create("gpu", Ignore));
        Assert.Equal("No driver.", missing.Message);
        using var backend = selection.Create("reference", Ignore);
        Assert.Equal("reference", backend.Name);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var selection = new BackendSelection(Missing, Right);
        var unknown = Assert.Throws<ArgumentException>(() => selection.Create("tpu", Ignore));
        Assert.Contains("gpu, reference, auto", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(["gpu", "reference", "auto"], selection.Names);
    }

    [Fact]
    public void Auto_says_why_nothing_can_be_used()
    {
        var none = Assert.Throws<DeviceNotFoundException>(() => new BackendSelection(Missing, Wrong).Create("auto", Ignore));
        Assert.Contains("gpu: No driver.", none.Message, StringComparison.Ordinal);
        Assert.Contains("cpu: A sum in G1 came out wrong.", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_device_is_tested_and_a_missing_one_says_so() => Assert.Equal(
        [("gpu", false, "No driver."), ("cpu", false, "A sum in G1 came out wrong."), ("reference", true, new ReferenceBackend().Description)],
        new BackendSelection(Missing, Wrong, Right).TestAll().Select(result => (result.Name, result.Passed, result.Detail)));

    private static BackendCandidate Gpu(int number, FaultyKernel fault = FaultyKernel.None) => new($"gpu:{number}", () => new FaultyBackend(fault, $"gpu:{number}"));

    private static void Ignore(string line)
    {
    }
}
