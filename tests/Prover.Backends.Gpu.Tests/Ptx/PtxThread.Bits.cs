using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxThread
{
    private ulong CalculateBits(in PtxOperation o, ulong a, ulong b, ulong c) => o.Code switch
    {
        PtxOpcode.PopulationCount => (ulong)BitOperations.PopCount(a),
        PtxOpcode.LeadingZeros32 => (ulong)BitOperations.LeadingZeroCount((uint)a),
        PtxOpcode.LeadingZeros64 => (ulong)BitOperations.LeadingZeroCount(a),
        PtxOpcode.HighestBitU => a == 0 ? uint.MaxValue : (ulong)BitOperations.Log2(a),
        PtxOpcode.ReverseBits32 => Reversed(a) >> 32,
        PtxOpcode.ReverseBits64 => Reversed(a),
        PtxOpcode.ExtractFieldU32 or PtxOpcode.ExtractFieldU64 => Field(a, b, c),
        PtxOpcode.ExtractFieldS32 => (uint)SignedField(a, b, c, highest: 31),
        PtxOpcode.ExtractFieldS64 => SignedField(a, b, c, highest: 63),
        PtxOpcode.InsertField32 => (uint)WithField(a, b, c, _slots[o.Target]),
        PtxOpcode.InsertField64 => WithField(a, b, c, _slots[o.Target]),
        PtxOpcode.FunnelLeft => (uint)((((b << 32) | a) << Amount(c, o.Width)) >> 32),
        PtxOpcode.FunnelRight => (uint)(((b << 32) | a) >> Amount(c, o.Width)),
        PtxOpcode.Permute => Permuted((b << 32) | a, c),
        PtxOpcode.LogicTable => Looked(o.Offset, a, b, c),
        _ => throw new InvalidOperationException($"{o.Code} is decoded but not executed."),
    };

    private static ulong Reversed(ulong a)
    {
        var reversed = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            reversed |= ((a >> bit) & 1) << (63 - bit);
        }

        return reversed;
    }

    /// <summary>The low <paramref name="length"/> bits, of which and of a position only eight bits count.</summary>
    private static ulong Low(ulong length) => (length & 255) >= 64 ? ulong.MaxValue : (1UL << (int)(length & 255)) - 1;

    private static ulong Field(ulong a, ulong position, ulong length) => ((position & 255) < 64 ? a >> (int)(position & 255) : 0) & Low(length);

    /// <summary>A field that reaches above the highest bit is filled with that bit.</summary>
    private static ulong SignedField(ulong a, ulong position, ulong length, int highest)
    {
        if ((length & 255) == 0)
            return 0;

        var extended = (long)(a << (63 - highest)) >> (63 - highest);
        var shifted = extended >> (int)Math.Min(position & 255, 63);
        var unused = 64 - (int)Math.Min(length & 255, 64);
        return (ulong)(shifted << unused >> unused);
    }

    private static ulong WithField(ulong a, ulong b, ulong position, ulong length)
    {
        if ((position & 255) >= 64)
            return b;

        var mask = Low(length) << (int)(position & 255);
        return (b & ~mask) | ((a << (int)(position & 255)) & mask);
    }

    private static int Amount(ulong c, int greatest) => greatest == 31 ? (int)(c & 31) : (int)Math.Min(c, 32);

    private static ulong Permuted(ulong bytes, ulong selector)
    {
        var result = 0UL;
        for (var i = 0; i < 4; i++)
        {
            var nibble = (selector >> (4 * i)) & 15;
            var chosen = (bytes >> (int)(8 * (nibble & 7))) & 255;
            var value = (nibble & 8) == 0 ? chosen : chosen >= 128 ? 255UL : 0;
            result |= value << (8 * i);
        }

        return result;
    }

    private static ulong Looked(long table, ulong a, ulong b, ulong c)
    {
        var result = 0UL;
        for (var bit = 0; bit < 32; bit++)
        {
            var index = (((a >> bit) & 1) << 2) | (((b >> bit) & 1) << 1) | ((c >> bit) & 1);
            result |= (ulong)((table >> (int)index) & 1) << bit;
        }

        return result;
    }
}
