namespace Prover.Witness;

/// <summary>Several threads that execute a tape level by level.</summary>
/// <remarks>
/// The calling thread leads: it opens a level, takes chunks of it like everybody else, and goes on when all are done. Helpers take chunks of
/// the open level. Nobody waits for a helper that is late or never comes, only for a chunk that has been taken; so on a busy machine the
/// leader does the work alone. A chunk is taken by incrementing the open level's counter, in one word with the level's number: whoever
/// succeeds knows that the level is open, and it stays open until the chunk is done.
/// </remarks>
internal sealed class TapeCrew(WitnessTape tape, Fr[] slots)
{
    /// <summary>Instructions of a chunk, a few microseconds: many times what taking it costs, and enough inversions to share one.</summary>
    private const int ChunkSize = 32;

    /// <summary>Levels of fewer instructions are executed by the leader.</summary>
    private const int FewestShared = 2 * ChunkSize;

    /// <summary>Tapes of fewer instructions, less than ten milliseconds, have no helpers.</summary>
    private const int FewestForHelpers = 1 << 16;

    /// <summary>Tapes of fewer instructions save less in lanes than the 25 ms in which the runtime compiles those.</summary>
    private const int FewestForLanes = 1 << 17;

    private readonly TapeCoefficients _coefficients = new(tape.Linear.Coefficients.Span, tape.Instructions.Length >= FewestForLanes);

    /// <summary>The open level's number in the upper half, its next chunk in the lower.</summary>
    private long _open = long.MinValue;
    private int _done;
    private int _failed = int.MaxValue;
    private volatile bool _isOver;

    /// <summary>Runs to the end and returns the first requirement in program order that fails, or null.</summary>
    /// <param name="threads">How many threads to use at most, this one included.</param>
    public int? Run(int threads)
    {
        var helpers = new Task[tape.Instructions.Length < FewestForHelpers ? 0 : threads - 1];
        for (var i = 0; i < helpers.Length; i++)
        {
            helpers[i] = Task.Run(Help);
        }

        try
        {
            Lead();
        }
        finally
        {
            _isOver = true;
            Task.WaitAll(helpers);
        }

        return _failed == int.MaxValue ? null : _failed;
    }

    private void Lead()
    {
        var worker = new TapeWorker(tape, slots, _coefficients);
        for (var level = 0; level < tape.LevelEnds.Length; level++)
        {
            var (start, end) = BoundsOf(level);
            if (end - start < FewestShared)
            {
                Execute(start, end, worker);
                continue;
            }

            _done = 0;
            Interlocked.Exchange(ref _open, (long)level << 32);
            while (TryTake(out var first, out var last))
            {
                Execute(first, last, worker);
                Interlocked.Increment(ref _done);
            }

            var wait = default(SpinWait);
            while (Volatile.Read(ref _done) < ChunksOf(level))
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    private void Help()
    {
        var worker = new TapeWorker(tape, slots, _coefficients);
        var wait = default(SpinWait);
        while (!_isOver)
        {
            if (TryTake(out var start, out var end))
            {
                Execute(start, end, worker);
                Interlocked.Increment(ref _done);
                wait.Reset();
            }
            else
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>Takes a chunk of the open level, unless all are taken.</summary>
    private bool TryTake(out int start, out int end)
    {
        while (true)
        {
            var open = Volatile.Read(ref _open);
            var (level, chunk) = ((int)(open >> 32), (int)open);
            if (open < 0 || chunk >= ChunksOf(level))
            {
                (start, end) = (0, 0);
                return false;
            }

            if (Interlocked.CompareExchange(ref _open, open + 1, open) == open)
            {
                var (first, last) = BoundsOf(level);
                start = first + (chunk * ChunkSize);
                end = Math.Min(start + ChunkSize, last);
                return true;
            }
        }
    }

    private void Execute(int start, int end, TapeWorker worker)
    {
        var failed = worker.Run(start, end);
        int known;
        do
        {
            known = Volatile.Read(ref _failed);
        }
        while (failed < known && Interlocked.CompareExchange(ref _failed, failed, known) != known);
    }

    private int ChunksOf(int level)
    {
        var (start, end) = BoundsOf(level);
        return (end - start + ChunkSize - 1) / ChunkSize;
    }

    private (int Start, int End) BoundsOf(int level) => (level == 0 ? 0 : tape.LevelEnds[level - 1], tape.LevelEnds[level]);
}
