namespace Prover.Witness;

/// <summary>Steps as words: which kind it is, then its numbers in the order of their declaration.</summary>
public static class StateStepWords
{
    private const int Shown = 0;
    private const int Written = 1;
    private const int Chosen = 2;

    /// <summary>The words of a step.</summary>
    public static int[] Of(StateStep step) => step switch
    {
        LeafShown shown => [Shown, shown.Version, shown.Index, shown.Guard, shown.FirstInput],
        LeafWritten written => [Written, written.Version, written.Index, .. written.Words],
        VersionChosen chosen => [Chosen, chosen.Condition, chosen.Then, chosen.Otherwise],
        _ => throw new ArgumentException($"Unknown step {step}.", nameof(step)),
    };

    /// <summary>The step of words, or null if they are none.</summary>
    public static StateStep? Read(ReadOnlySpan<int> words) => words switch
    {
        [Shown, var version, var index, var guard, var firstInput] => new LeafShown(version, index, guard, firstInput),
        [Written, var version, var index, .. var leaf] => new LeafWritten(version, index, leaf.ToArray()),
        [Chosen, var condition, var then, var otherwise] => new VersionChosen(condition, then, otherwise),
        _ => null,
    };
}
