using System.Collections.Concurrent;

namespace Prover.Backends.Cpu.Tests;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Every_piece_runs_once_on_at_most_so_many_threads(int threads)
    {
        var workers = new Workers(threads);
        var (now, most) = (0, 0);
        var counts = new int[4, 200];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(job => workers.RunAsync(200, piece =>
        {
            InterlockedMaximum(ref most, Interlocked.Increment(ref now));
            Interlocked.Increment(ref counts[job, piece]);
            Thread.SpinWait(200);
            Interlocked.Decrement(ref now);
        }, job % 2 == 0 ? Urgency.High : Urgency.Normal, TestContext.Current.CancellationToken)));
        Assert.All(counts.Cast<int>(), count => Assert.Equal(1, count));
        Assert.InRange(most, 1, threads);
    }

    [Fact]
    public async Task The_urgent_go_first()
    {
        var workers = new Workers(1);
        var order = new ConcurrentQueue<string>();
        using var begun = new ManualResetEventSlim();
        using var queued = new ManualResetEventSlim();
        var first = workers.RunAsync(2, piece =>
        {
            begun.Set();
            queued.Wait();
            order.Enqueue($"normal {piece}");
        }, Urgency.Normal, TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        var second = workers.RunAsync(1, _ => order.Enqueue("urgent"), Urgency.High, TestContext.Current.CancellationToken);
        queued.Set();
        await Task.WhenAll(first, second);
        Assert.Equal(["normal 0", "urgent", "normal 1"], order);
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_the_next_job_runs()
    {
        var workers = new Workers(3);
        var failure = Assert.Throws<InvalidOperationException>(() => workers.Run(50, piece => _ = piece == 20 ? throw new InvalidOperationException("20") : piece));
        Assert.Equal("20", failure.Message);
        var count = 0;
        workers.Run(50, _ => Interlocked.Increment(ref count));
        Assert.Equal(50, count);
    }

    [Fact]
    public async Task Cancelling_stops_before_the_next_piece()
    {
        var workers = new Workers(1);
        using var source = new CancellationTokenSource();
        var count = 0;
        var job = workers.RunAsync(1000, piece =>
        {
            count++;
            if (piece == 9)
                source.Cancel();
        }, Urgency.Normal, source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job);
        Assert.Equal(10, count);
    }

    [Fact]
    public async Task Nothing_to_do_is_done_at_once()
    {
        var workers = new Workers(2);
        workers.Run(0, _ => Assert.Fail("there is no piece"));
        await workers.RunAsync(0, _ => Assert.Fail("there is no piece"), Urgency.High, TestContext.Current.CancellationToken);
    }

    private static void InterlockedMaximum(ref int location, int value)
    {
        for (var seen = Volatile.Read(ref location); seen < value; seen = Volatile.Read(ref location))
        {
            Interlocked.CompareExchange(ref location, value, seen);
        }
    }
}
