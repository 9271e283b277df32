namespace Prover.Backends.Gpu.Tests;

/// <summary>What a thread is doing.</summary>
internal enum PtxThreadState
{
    Ready,
    AtBarrier,
    Ended,
}

/// <summary>A thread of a block: its slots, its carry flag, where it is. The other parts say what its operations do.</summary>
internal sealed partial class PtxThread(PtxModule module, PtxMemory memory, PtxRegion shared, PtxLaunch launch)
{
    private const int DeepestCall = 64;

    private readonly PtxOperation[] _operations = module.Operations;
    private readonly ulong[] _slots = new ulong[module.InitialSlots.Length];
    private readonly byte[] _parameters = new byte[module.ParameterSize];
    private readonly PtxRegion _local = new("local memory", PtxModule.FirstAddress, module.LocalSize);
    private readonly int[] _returns = new int[DeepestCall];
    private int _depth;
    private int _next;
    private ulong _carry;
    private PtxAccessor _accessor;

    public PtxThreadState State { get; private set; }

    /// <summary>The number of the thread within its block, x first.</summary>
    public int Index => _accessor.Thread;

    /// <summary>The barrier that the thread waits at.</summary>
    public int Barrier { get; private set; }

    /// <summary>The operation by which it came to wait there.</summary>
    public int BarrierOperation => _next - 1;

    /// <summary>Makes the thread a fresh one of a block.</summary>
    public void Begin(byte[] parameters, int block, PtxAccessor accessor)
    {
        module.InitialSlots.CopyTo(_slots, 0);
        parameters.CopyTo(_parameters, 0);
        _local.Clear();
        _depth = 0;
        _next = module.Entry.Start;
        _accessor = accessor;
        State = PtxThreadState.Ready;
        SetSpecial(block, Index);
    }

    /// <summary>The barrier has let the thread pass.</summary>
    public void Pass(int phase)
    {
        _accessor = _accessor with { Phase = phase };
        State = PtxThreadState.Ready;
    }

    public override string ToString() =>
        $"thread ({Special("%tid.x")}, {Special("%tid.y")}, {Special("%tid.z")}) of block ({Special("%ctaid.x")}, {Special("%ctaid.y")}, {Special("%ctaid.z")})";

    private void SetSpecial(int block, int index)
    {
        var (threads, blocks) = (launch.Threads, launch.Blocks);
        SetSpecial("%tid", index % threads.X, index / threads.X % threads.Y, index / (threads.X * threads.Y));
        SetSpecial("%ntid", threads.X, threads.Y, threads.Z);
        SetSpecial("%ctaid", block % blocks.X, block / blocks.X % blocks.Y, block / (blocks.X * blocks.Y));
        SetSpecial("%nctaid", blocks.X, blocks.Y, blocks.Z);
        _slots[PtxSlots.Of("%laneid")] = (ulong)(index % PtxModule.WarpSize);
        _slots[PtxSlots.Of("%warpid")] = (ulong)(index / PtxModule.WarpSize);
        _slots[PtxSlots.Of("%nwarpid")] = (ulong)((threads.Count + PtxModule.WarpSize - 1) / PtxModule.WarpSize);
        _slots[PtxSlots.Of("%dynamic_smem_size")] = (ulong)launch.DynamicSharedBytes;
    }

    private void SetSpecial(string name, int x, int y, int z)
    {
        _slots[PtxSlots.Of(name + ".x")] = (ulong)x;
        _slots[PtxSlots.Of(name + ".y")] = (ulong)y;
        _slots[PtxSlots.Of(name + ".z")] = (ulong)z;
    }

    private ulong Special(string name) => _slots[PtxSlots.Of(name)];

    private void Enter(int target)
    {
        if (_depth == DeepestCall)
            throw Fault($"calls more than {DeepestCall} functions deep");

        _returns[_depth++] = _next;
        _next = target;
    }

    /// <summary>An error at the operation that is being executed.</summary>
    private PtxFaultException Fault(string what) => new($"{module.Describe(_next - 1)}: {this} {what}.");
}
