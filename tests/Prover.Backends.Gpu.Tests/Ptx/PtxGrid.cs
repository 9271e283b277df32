namespace Prover.Backends.Gpu.Tests;

/// <summary>Runs a kernel: block after block, and in a block thread after thread until each waits at a barrier or has ended.</summary>
/// <remarks>Both orders are shuffled, so that a kernel that relies on one gives other results with another seed.</remarks>
internal sealed class PtxGrid
{
    private readonly PtxModule _module;
    private readonly PtxLaunch _launch;
    private readonly PtxRegion _shared;
    private readonly PtxThread[] _threads;
    private readonly byte[] _parameters;
    private readonly Random _random;
    private readonly int _start;
    private long _instructions;

    private PtxGrid(PtxModule module, PtxMemory memory, PtxLaunch launch)
    {
        if (launch.Threads.Count < 1 || launch.Threads.Count > module.MaxThreads)
            throw new PtxFaultException($"A block of {launch.Threads.Count:N0} threads; the kernel takes 1 to {module.MaxThreads:N0}.");

        _module = module;
        _start = PtxAccessor.NextPhase();
        _launch = launch;
        var sharedSize = launch.DynamicSharedBytes > 0 ? module.DynamicSharedOffset + launch.DynamicSharedBytes : module.SharedSize;
        _shared = new PtxRegion("shared memory", PtxModule.FirstAddress, sharedSize);
        _threads = [.. Enumerable.Range(0, launch.Threads.Count).Select(_ => new PtxThread(module, memory, _shared, launch))];
        _parameters = Parameters(module, launch);
        _random = new Random(launch.Seed);
    }

    /// <summary>Runs a kernel to its end and returns how many instructions that took.</summary>
    /// <exception cref="PtxFaultException">The kernel did what it must not.</exception>
    public static long Run(PtxModule module, PtxMemory memory, PtxLaunch launch)
    {
        var grid = new PtxGrid(module, memory, launch);
        foreach (var block in grid.Shuffled(launch.Blocks.Count))
        {
            grid.RunBlock(block);
        }

        return grid._instructions;
    }

    private static byte[] Parameters(PtxModule module, PtxLaunch launch)
    {
        var expected = module.Entry.Parameters;
        if (!expected.Select(parameter => parameter.Size).SequenceEqual(launch.Arguments.Select(argument => argument.Length)))
        {
            throw new PtxFaultException(
                $"The kernel takes parameters of {Sizes(expected.Select(parameter => parameter.Size))} bytes, got {Sizes(launch.Arguments.Select(argument => argument.Length))}.");
        }

        var parameters = new byte[module.ParameterSize];
        foreach (var (parameter, argument) in expected.Zip(launch.Arguments))
        {
            argument.CopyTo(parameters, (int)parameter.Address);
        }

        return parameters;
    }

    private static string Sizes(IEnumerable<int> sizes) => string.Join(", ", sizes);

    private void RunBlock(int block)
    {
        var phase = PtxAccessor.NextPhase();
        _shared.Clear();
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i].Begin(_parameters, block, new PtxAccessor(i, phase, phase, _start));
        }

        do
        {
            foreach (var i in Shuffled(_threads.Length))
            {
                if (_threads[i].State == PtxThreadState.Ready)
                    _instructions += _threads[i].Run(_launch.Limit - _instructions);
            }
        }
        while (PassBarrier());
    }

    /// <summary>Lets the block pass the barrier that all its threads have come to; false if all have ended.</summary>
    private bool PassBarrier()
    {
        var waiting = _threads.Where(thread => thread.State == PtxThreadState.AtBarrier).ToArray();
        if (waiting.Length == 0)
            return false;

        if (waiting.Length < _threads.Length && !_launch.EndedThreadsArrive)
            throw Divergence(waiting[0], _threads.First(thread => thread.State == PtxThreadState.Ended));

        foreach (var thread in waiting)
        {
            if (thread.Barrier != waiting[0].Barrier)
                throw Divergence(waiting[0], thread);

            // The barrier is one that all threads of a warp must execute together.
            var first = waiting.First(other => other.Index / PtxModule.WarpSize == thread.Index / PtxModule.WarpSize);
            if (thread.BarrierOperation != first.BarrierOperation)
                throw Divergence(first, thread);
        }

        var phase = PtxAccessor.NextPhase();
        foreach (var thread in waiting)
        {
            thread.Pass(phase);
        }

        return true;
    }

    private PtxFaultException Divergence(PtxThread waiting, PtxThread other)
    {
        var elsewhere = other.State == PtxThreadState.Ended ? "has ended" : $"waits at {_module.Describe(other.BarrierOperation)}";
        return new($"{_module.Describe(waiting.BarrierOperation)}: {waiting} waits at this barrier, and {other} {elsewhere}.");
    }

    private int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        _random.Shuffle(order);
        return order;
    }
}
