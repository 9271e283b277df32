namespace Prover.Backends.Tests;

public sealed class BackendSelectionTests
{
    private static readonly BackendCandidate Missing = new("gpu", () => throw new DeviceNotFoundException("No driver."));
    private static readonly BackendCandidate Wrong = new("cpu", () => new WrongBackend());
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

    /// <summary>The reference, except that its sums in G1 are off by one generator.</summary>
    private sealed class WrongBackend : IProverBackend
    {
        private readonly ReferenceBackend _reference = new();

        public string Name => "cpu";

        public string Description => "wrong";

        public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => _reference.LoadG1(points);

        public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => _reference.LoadG2(points);

        public IFieldVector Upload(ReadOnlySpan<Fr> values) => _reference.Upload(values);

        public void Download(IFieldVector vector, Span<Fr> destination) => _reference.Download(vector, destination);

        public void Apply(Transform transform, IFieldVector vector) => _reference.Apply(transform, vector);

        public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c) => _reference.MultiplySubtract(a, b, c);

        public G1Point Sum(IPointTable<G1Affine> bases, IFieldVector scalars) => _reference.Sum(bases, scalars) + G1Affine.Generator;

        public G2Point Sum(IPointTable<G2Affine> bases, IFieldVector scalars) => _reference.Sum(bases, scalars);

        public void Dispose()
        {
        }
    }
}
