using System.Runtime.InteropServices;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Cleared memory aligned to a vector of 64 bytes, outside the collected heap.</summary>
internal sealed unsafe class NativeBlock : SafeHandle
{
    /// <param name="bytes">Its length, a multiple of 8.</param>
    public NativeBlock(int bytes)
        : base(0, ownsHandle: true)
    {
        Bytes = bytes;
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)bytes, KernelData.VectorBytes));
        Words.Clear();
    }

    /// <summary>Its length.</summary>
    public int Bytes { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte.</summary>
    public byte* Start => (byte*)handle;

    /// <summary>All of it.</summary>
    public Span<ulong> Words => new(Start, Bytes / sizeof(ulong));

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
