using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>The stages of work on a state of many accounts or batches.</summary>
internal static class StateStages
{
    private const string Replaying = "replay";

    /// <summary>Runs work of which nothing is known until it is done.</summary>
    /// <param name="progress">Told about the stage.</param>
    /// <param name="name">The stage's name.</param>
    /// <param name="work">The work.</param>
    /// <param name="found">What is said of its result.</param>
    public static T Run<T>(IProgress<StageProgress> progress, string name, Func<T> work, Func<T, string> found)
    {
        progress.Report(new(name, 0));
        var result = work();
        progress.Report(new(name, 1, found(result)));
        return result;
    }

    /// <summary>Replays so many batches.</summary>
    /// <param name="progress">Told about each of them.</param>
    /// <param name="batches">How many.</param>
    /// <param name="replay">The work, which is given whom to tell the number of each batch.</param>
    /// <param name="found">What is said when all are replayed.</param>
    public static T Replay<T>(IProgress<StageProgress> progress, long batches, Func<Action<long>, T> replay, string found)
    {
        var done = 0L;
        progress.Report(new(Replaying, 0, $"{batches:N0} batches"));
        var result = replay(number => progress.Report(new(Replaying, Math.Min(0.99, ++done / (double)batches), $"batch {number}")));
        progress.Report(new(Replaying, 1, found));
        return result;
    }
}
