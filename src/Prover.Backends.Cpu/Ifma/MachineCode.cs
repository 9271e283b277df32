using System.Runtime.InteropServices;
using Iced.Intel;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Turns assembled instructions into code that can be called. Its memory is writable first, then executable, and never both.</summary>
/// <remarks>Code stays until the process ends: there are a few kernels of some kilobytes each, and what could still be running must not go.</remarks>
internal static unsafe partial class MachineCode
{
    private const int ReadWrite = 1 | 2;
    private const int ReadExecute = 1 | 4;
    private const int PrivateAnonymous = 0x02 | 0x20;

    /// <summary>The entry of a kernel: a function of one pointer, in the system's calling convention.</summary>
    /// <exception cref="InsufficientMemoryException">The system gave no memory.</exception>
    /// <exception cref="PlatformNotSupportedException">The system does not let this process make code, as hardened ones may.</exception>
    public static delegate* unmanaged<void*, void> Load(Assembler assembler)
    {
        using var bytes = new MemoryStream();
        assembler.Assemble(new StreamCodeWriter(bytes), rip: 0);

        var length = (nuint)bytes.Length;
        var memory = Map(null, length, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)memory == -1)
            throw new InsufficientMemoryException($"no memory for {length:N0} bytes of machine code");

        // The mapping has at least `length` bytes, and nothing else knows it yet.
        bytes.ToArray().CopyTo(new Span<byte>(memory, (int)length));
        if (Protect(memory, length, ReadExecute) != 0)
            throw new PlatformNotSupportedException($"the system refuses to make memory executable (error {Marshal.GetLastPInvokeError()})");

        return (delegate* unmanaged<void*, void>)memory;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);
}
