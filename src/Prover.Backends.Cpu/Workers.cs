namespace Prover.Backends.Cpu;

/// <summary>Which of several jobs goes first.</summary>
internal enum Urgency
{
    /// <summary>Others wait for its result.</summary>
    High,

    /// <summary>It fills the time that is left.</summary>
    Normal,
}

/// <summary>Runs numbered pieces of work on a fixed number of threads, of which callers are a part; whoever is free takes the next piece of the most urgent job.</summary>
/// <param name="count">Number of threads that work at a time.</param>
internal sealed class Workers(int count)
{
    private readonly Lock _gate = new();
    private readonly List<Job> _jobs = [];
    private int _working;

    /// <summary>Number of threads that work at a time.</summary>
    public int Count { get; } = count;

    /// <summary>Calls <paramref name="body"/> with 0 … <paramref name="pieces"/> − 1 and returns when all are done.</summary>
    public void Run(int pieces, Action<int> body, Urgency urgency = Urgency.High)
    {
        var job = Start(pieces, body, urgency, callersPart: 1, CancellationToken.None);
        if (TryEnter())
            Work(job);

        job.Done.GetAwaiter().GetResult();
    }

    /// <summary>Calls <paramref name="body"/> with 0 … <paramref name="pieces"/> − 1 on other threads.</summary>
    public Task RunAsync(int pieces, Action<int> body, Urgency urgency, CancellationToken cancellationToken) =>
        Start(pieces, body, urgency, callersPart: 0, cancellationToken).Done;

    /// <summary>Calls <paramref name="body"/> with ranges [from, to) that together cover [0, <paramref name="length"/>).</summary>
    public void RunRanges(int length, int shortest, Action<int, int> body)
    {
        var pieces = (int)Math.Clamp(length / (long)shortest, 1, 4L * Count);
        Run(pieces, piece => body((int)((long)length * piece / pieces), (int)((long)length * (piece + 1) / pieces)));
    }

    private Job Start(int pieces, Action<int> body, Urgency urgency, int callersPart, CancellationToken cancellationToken)
    {
        var job = new Job(pieces, body, urgency, cancellationToken);
        if (pieces == 0)
            return job;

        lock (_gate)
        {
            var place = _jobs.FindIndex(other => other.Urgency > urgency);
            _jobs.Insert(place < 0 ? _jobs.Count : place, job);
        }

        for (var i = callersPart; i < pieces && TryEnter(); i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Work(null), null);
        }

        return job;
    }

    private bool TryEnter()
    {
        lock (_gate)
        {
            if (_working == Count)
                return false;

            _working++;
            return true;
        }
    }

    /// <summary>Takes pieces until there are none left, or none of one's own job.</summary>
    private void Work(Job? own)
    {
        while (TryTake(own, out var job, out var piece))
        {
            job.Do(piece);
        }
    }

    /// <summary>The next piece; if there is none, this thread no longer works.</summary>
    private bool TryTake(Job? own, out Job job, out int piece)
    {
        lock (_gate)
        {
            while (_jobs.Count > 0 && own is not { IsTaken: true })
            {
                job = _jobs[0];
                var taken = job.TryTake(out piece);
                if (job.IsTaken)
                    _jobs.RemoveAt(0);

                if (taken)
                    return true;
            }

            // What an owner leaves behind, and what came while all were busy, another thread goes on with.
            _working--;
            if (_jobs.Count > 0)
            {
                _working++;
                ThreadPool.UnsafeQueueUserWorkItem(_ => Work(null), null);
            }

            (job, piece) = (null!, 0);
            return false;
        }
    }

    /// <summary>Pieces of which some are taken and some are done. Taken under the pool's lock.</summary>
    private sealed class Job
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly int _pieces;
        private readonly Action<int> _body;
        private readonly CancellationToken _cancellationToken;
        private Exception? _failure;
        private int _next;
        private int _left;

        public Job(int pieces, Action<int> body, Urgency urgency, CancellationToken cancellationToken)
        {
            (_pieces, _body, Urgency, _cancellationToken, _left) = (pieces, body, urgency, cancellationToken, pieces);
            if (pieces == 0)
                _done.SetResult();
        }

        public Urgency Urgency { get; }

        public Task Done => _done.Task;

        public bool IsTaken => _next == _pieces;

        public bool TryTake(out int piece)
        {
            piece = _next;
            if (IsTaken)
                return false;

            _next++;
            return true;
        }

        /// <summary>Does a piece, unless another one has failed.</summary>
        public void Do(int piece)
        {
            try
            {
                if (Volatile.Read(ref _failure) is null)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    _body(piece);
                }
            }
            catch (Exception failure)
            {
                // Handed to whoever waits for the job.
                Interlocked.CompareExchange(ref _failure, failure, null);
            }

            if (Interlocked.Decrement(ref _left) > 0)
                return;

            if (_failure is null)
                _done.SetResult();
            else if (_failure is OperationCanceledException cancelled && cancelled.CancellationToken == _cancellationToken)
                _done.SetCanceled(_cancellationToken);
            else
                _done.SetException(_failure);
        }
    }
}
