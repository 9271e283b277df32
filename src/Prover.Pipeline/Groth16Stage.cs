using Prover.Groth16;

namespace Prover.Pipeline;

/// <summary>Shows the steps of a set-up or a proof as the progress of one stage.</summary>
/// <param name="stage">The stage's name.</param>
/// <param name="progress">Where to report.</param>
public sealed class Groth16Stage(string stage, IProgress<StageProgress> progress) : IProgress<Groth16Progress>
{
    /// <inheritdoc/>
    public void Report(Groth16Progress value) => progress.Report(new StageProgress(stage, Math.Min(value.Fraction, 0.99), value.Step));
}
