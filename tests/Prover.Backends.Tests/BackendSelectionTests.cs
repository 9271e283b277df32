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
        Assert.DoesNotContain('\n', line);
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

    private static void Ignore(string line)
    {
    }
}
