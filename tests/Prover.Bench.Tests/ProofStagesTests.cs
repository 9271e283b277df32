using Prover.Backends;
using Prover.Pipeline;

namespace Prover.Bench.Tests;

public sealed class ProofStagesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    /// <summary>Only a profile that computes its witness from inputs has that stage, which comes first.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_witness_is_a_stage_if_it_can_be_computed(bool canSolve)
    {
        var profile = Profiles.Build("dense", 8, new CacheFolder(Path.Combine(_folder.FullName, "circuits")));
        var (_, loaded) = BenchKey.Prepare(profile, Path.Combine(_folder.FullName, "bench"), _ => { }, TestContext.Current.CancellationToken);
        using var inUse = loaded;
        using var backend = new ReferenceBackend();
        var solved = 0;
        using var stages = new ProofStages(backend, loaded.Key, profile.Witness, canSolve ? () => Solve() : null);
        stages.Run(TestContext.Current.CancellationToken);

        Assert.Equal(canSolve ? 1 : 0, solved);
        Assert.Equal(canSolve ? "witness" : "rows A", stages.Times[0].Name);
        Assert.Contains(stages.Times, stage => stage.Name == "sum C and H");

        Fr[] Solve()
        {
            solved++;
            return profile.Witness;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
