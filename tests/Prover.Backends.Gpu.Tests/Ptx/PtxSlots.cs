namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// Hands out the slots of a thread, 64 bits each: special registers first, then registers and constants as they come. A slot holds its
/// register's bits with zeros above, so that most instructions need not know the width; a constant is a slot nobody writes.
/// </summary>
/// <remarks>Every register has a slot of its own, also across functions: no function calls itself.</remarks>
internal sealed class PtxSlots
{
    /// <summary>What a register holds before it is written: nothing a kernel could use unnoticed.</summary>
    private const ulong Unwritten = 0xDEAD_BEEF_DEAD_BEEF;

    private static readonly string[] Special =
    [
        "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z", "%nctaid.x", "%nctaid.y", "%nctaid.z",
        "%laneid", "%warpid", "%nwarpid", "%dynamic_smem_size",
    ];

    private readonly List<ulong> _initial = [.. new ulong[Special.Length]];
    private readonly Dictionary<ulong, int> _constants = [];

    /// <summary>The slot of a special register by name.</summary>
    public static int Of(string special) => Array.IndexOf(Special, special);

    public static bool IsSpecial(int slot) => slot < Special.Length;

    /// <summary>Declares the special registers.</summary>
    public static void DeclareSpecial(PtxScope scope)
    {
        foreach (var name in Special)
        {
            scope.Declare(name, new PtxRegister(Of(name), new(PtxKind.Unsigned, 32)), line: 0);
        }
    }

    public PtxRegister Register(PtxType type)
    {
        _initial.Add(Unwritten & type.Mask);
        return new(_initial.Count - 1, type);
    }

    public int Constant(ulong value)
    {
        if (!_constants.TryGetValue(value, out var slot))
        {
            _constants.Add(value, slot = _initial.Count);
            _initial.Add(value);
        }

        return slot;
    }

    /// <summary>The slots of a thread that has not begun; special registers are zero.</summary>
    public ulong[] Initial() => [.. _initial];
}
