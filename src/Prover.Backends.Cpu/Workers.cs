namespace Prover.Backends.Cpu;

/// <summary>Runs numbered pieces of work on a fixed number of threads; whoever is free takes the next number.</summary>
/// <param name="count">Number of threads, the caller's included.</param>
internal sealed class Workers(int count)
{
    /// <summary>Number of threads, the caller's included.</summary>
    public int Count { get; } = count;

    /// <summary>Calls <paramref name="body"/> with 0 … <paramref name="pieces"/> − 1 and returns when all are done.</summary>
    public void Run(int pieces, Action<int> body)
    {
        var next = -1;
        var helpers = new Task[Math.Min(Count, pieces) - 1 is var others and > 0 ? others : 0];
        for (var i = 0; i < helpers.Length; i++)
        {
            helpers[i] = Task.Run(Work);
        }

        try
        {
            Work();
        }
        finally
        {
            Task.WaitAll(helpers);
        }

        void Work()
        {
            for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
            {
                body(piece);
            }
        }
    }

    /// <summary>Calls <paramref name="body"/> with ranges [from, to) that together cover [0, <paramref name="length"/>).</summary>
    public void RunRanges(int length, int shortest, Action<int, int> body)
    {
        var pieces = (int)Math.Clamp(length / (long)shortest, 1, 4L * Count);
        Run(pieces, piece => body((int)((long)length * piece / pieces), (int)((long)length * (piece + 1) / pieces)));
    }
}
