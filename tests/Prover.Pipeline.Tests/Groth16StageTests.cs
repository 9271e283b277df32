using Prover.Groth16;

namespace Prover.Pipeline.Tests;

public sealed class Groth16StageTests
{
    [Fact]
    public void Steps_become_the_detail_of_one_stage_that_they_do_not_end()
    {
        var seen = new Recorder();
        var stage = new Groth16Stage("prove", seen);

        stage.Report(new Groth16Progress("points A", 0.25));
        stage.Report(new Groth16Progress("check", 1));

        Assert.Equal([new("prove", 0.25, "points A"), new("prove", 0.99, "check")], seen.Reports);
    }

    private sealed class Recorder : IProgress<StageProgress>
    {
        public List<StageProgress> Reports { get; } = [];

        public void Report(StageProgress value) => Reports.Add(value);
    }
}
