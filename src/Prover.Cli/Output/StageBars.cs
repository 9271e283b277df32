using Prover.Pipeline;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>Progress for people: a bar for each stage.</summary>
internal sealed class StageBars(ProgressContext context) : IProgress<StageProgress>
{
    private readonly Dictionary<string, ProgressTask> _tasks = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(value.Stage, out var task))
            {
                _tasks[value.Stage] = task = context.AddTask(Markup.Escape(value.Stage), autoStart: true, maxValue: 1);
            }

            task.Value = value.Fraction;
            if (value.Detail is not null)
            {
                task.Description = Markup.Escape($"{value.Stage} ({value.Detail})");
            }

            if (value.Fraction >= 1)
            {
                task.StopTask();
            }
        }
    }
}
