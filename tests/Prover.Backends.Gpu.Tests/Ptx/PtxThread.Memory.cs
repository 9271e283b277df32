using System.Buffers.Binary;

namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxThread
{
    private void Access(in PtxOperation o)
    {
        switch (o.Code)
        {
            case PtxOpcode.Load:
                _slots[o.D] = Extended(Read(o, _slots[o.A] + (ulong)o.Offset), o);
                break;
            case PtxOpcode.Store:
                Write(o, _slots[o.A] + (ulong)o.Offset, _slots[o.D]);
                break;
            case PtxOpcode.LoadParameter:
                _slots[o.D] = Extended(LoadParameter((int)o.Offset, o.Width), o);
                break;
            case PtxOpcode.StoreParameter:
                StoreParameter((int)o.Offset, o.Width, _slots[o.D]);
                break;
            case PtxOpcode.CopyParameter:
                _parameters.AsSpan(o.B, o.C).CopyTo(_parameters.AsSpan(o.A));
                break;
            case PtxOpcode.Atomic:
                _slots[o.D] = Exchange(o, _slots[o.A] + (ulong)o.Offset);
                break;
            case PtxOpcode.Nothing:
                break;
            default:
                throw new InvalidOperationException($"{o.Code} is decoded but not executed.");
        }
    }

    private ulong Combined(in PtxOperation o, ulong old)
    {
        var operand = _slots[o.B];
        var isSignedLess = o.Width == 8 ? (long)old < (long)operand : (int)old < (int)operand;
        return o.Atomic switch
        {
            PtxAtomic.Add => old + operand,
            PtxAtomic.Exchange => operand,
            PtxAtomic.CompareAndSwap => old == operand ? _slots[o.C] : old,
            PtxAtomic.And => old & operand,
            PtxAtomic.Or => old | operand,
            PtxAtomic.Xor => old ^ operand,
            PtxAtomic.MinimumU => Math.Min(old, operand),
            PtxAtomic.MinimumS => isSignedLess ? old : operand,
            PtxAtomic.MaximumU => Math.Max(old, operand),
            PtxAtomic.MaximumS => isSignedLess ? operand : old,
            _ => throw new InvalidOperationException($"{o.Atomic} is decoded but not executed."),
        };
    }

    private static ulong Extended(ulong value, in PtxOperation o, ulong mask) =>
        o.IsSigned ? (ulong)((long)(value << (64 - 8 * o.Width)) >> (64 - 8 * o.Width)) & mask : value;

    private ulong Extended(ulong value, in PtxOperation o) => Extended(value, o, _slots[o.C]);

    private ulong Read(in PtxOperation o, ulong address)
    {
        var region = Require(o, ref address);
        var value = Written(o, region, address);
        if (launch.FindsRaces && region.NoteRead(address, o.Width, _accessor) is { } race)
            throw Race("reads", o, region, address, race);

        return value;
    }

    private void Write(in PtxOperation o, ulong address, ulong value)
    {
        var region = Require(o, ref address);
        if (launch.FindsRaces && region.NoteWrite(address, o.Width, value, _accessor, isAtomic: false) is { } race)
            throw Race("writes", o, region, address, race);

        region.Write(address, o.Width, value);
    }

    /// <summary>An atomic operation: gives the old value.</summary>
    private ulong Exchange(in PtxOperation o, ulong address)
    {
        var region = Require(o, ref address);
        var old = Written(o, region, address);
        var value = Combined(o, old);
        if (launch.FindsRaces && region.NoteWrite(address, o.Width, value, _accessor, isAtomic: true) is { } race)
            throw Race("changes", o, region, address, race);

        region.Write(address, o.Width, value);
        return old;
    }

    private ulong Written(in PtxOperation o, PtxRegion region, ulong address) => region.IsWritten(address, o.Width)
        ? region.Read(address, o.Width)
        : throw Fault($"reads {o.Width} bytes at {Place(region, address)}, of which some were never written");

    private PtxFaultException Race(string what, in PtxOperation o, PtxRegion region, ulong address, string race) =>
        Fault($"{what} {o.Width} bytes at {Place(region, address)}, {race}");

    /// <summary>The memory that an access is meant for, once it is sure to lie within; a generic address becomes one of its space.</summary>
    private PtxRegion Require(in PtxOperation o, ref ulong address)
    {
        if (address % o.Alignment != 0)
            throw Fault($"uses address 0x{address:x}, which is no multiple of {o.Alignment}");

        var region = Find(o.Space, ref address);
        if (region is null)
            throw Fault($"uses address 0x{address:x}, where no memory is");

        return region.Contains(address, o.Width)
            ? region
            : throw Fault($"uses {o.Width} bytes at {Place(region, address)}, which has {region.Size:N0} bytes");
    }

    private PtxRegion? Find(PtxSpace space, ref ulong address)
    {
        if (space == PtxSpace.Shared)
            return shared;

        if (space == PtxSpace.Local)
            return _local;

        const ulong Window = 0xFFFF_FFFF_0000_0000;
        switch (address & Window)
        {
            case PtxModule.SharedWindow when space == PtxSpace.Generic:
                address -= PtxModule.SharedWindow;
                return shared;
            case PtxModule.LocalWindow when space == PtxSpace.Generic:
                address -= PtxModule.LocalWindow;
                return _local;
            case PtxModule.GlobalsAddress:
                return module.Globals;
            default:
                return memory.At(address);
        }
    }

    private static string Place(PtxRegion region, ulong address) => $"0x{address:x}, {(long)(address - region.Address):N0} bytes into {region.Name}";

    /// <summary>Bounds and alignment are known since decoding.</summary>
    private ulong LoadParameter(int offset, int width)
    {
        var from = _parameters.AsSpan(offset);
        return width switch
        {
            1 => from[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(from),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(from),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(from),
        };
    }

    private void StoreParameter(int offset, int width, ulong value)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..width].CopyTo(_parameters.AsSpan(offset));
    }
}
