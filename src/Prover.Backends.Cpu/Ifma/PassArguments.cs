using System.Runtime.InteropServices;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>What a pass is given, in the order in which it loads its registers: rdi, rsi, rdx, r11, r10, rcx, r8, r9.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PassArguments
{
    /// <summary>The first group's state.</summary>
    public byte* State;

    /// <summary>The first group's indices.</summary>
    public uint* Indices;

    /// <summary>What indices refer to.</summary>
    public void* Bases;

    /// <summary>The indices of points to fetch ahead.</summary>
    public uint* Ahead;

    /// <summary>Constants and scratch space.</summary>
    public byte* Data;

    /// <summary>How many groups.</summary>
    public long Groups;

    /// <summary>Bytes from one group's state to the next; negative on the way down.</summary>
    public long StateStep;

    /// <summary>Bytes from one group's indices to the next.</summary>
    public long IndexStep;
}
