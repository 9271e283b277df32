using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Several tables in memory outside the collected heap, addressed as one that also spans whatever lies between them.</summary>
/// <remarks>
/// Kernels reach a point by its number from one address on. Two tables whose distance is a multiple of a point's size can therefore share a sum's buckets,
/// if nobody reads but by the numbers of points that the tables have. Pages of a mapped key or of copied tables satisfy that; arrays, which the collector moves, do not.
/// </remarks>
internal static class JoinedPoints
{
    /// <summary>Joins tables if that is possible.</summary>
    /// <param name="tables">The tables, at least one.</param>
    /// <param name="points">Everything from the first point of the lowest table to the last of the highest.</param>
    /// <param name="offsets">The number of each table's first point.</param>
    public static unsafe bool TryJoin<TField, TCurve>(
        ReadOnlySpan<CpuPointTable<TField, TCurve>> tables, out ReadOnlyMemory<AffinePoint<TField, TCurve>> points, [NotNullWhen(true)] out int[]? offsets)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        (points, offsets) = (tables[0].Points, new int[tables.Length]);
        if (tables.Length == 1)
            return true;

        var size = Unsafe.SizeOf<AffinePoint<TField, TCurve>>();
        var (lowest, end) = (long.MaxValue, 0L);
        var starts = new long[tables.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            if (!MemoryMarshal.TryGetMemoryManager<AffinePoint<TField, TCurve>, MemoryManager<AffinePoint<TField, TCurve>>>(tables[i].Points, out _))
                return false;

            starts[i] = (long)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tables[i].Points.Span));
            lowest = Math.Min(lowest, starts[i]);
            end = Math.Max(end, starts[i] + (long)tables[i].Count * size);
        }

        for (var i = 0; i < tables.Length; i++)
        {
            var (offset, remainder) = Math.DivRem(starts[i] - lowest, size);
            if (remainder != 0 || (end - lowest) / size > int.MaxValue)
                return false;

            offsets[i] = (int)offset;
        }

        points = new AddressRange<AffinePoint<TField, TCurve>>((void*)lowest, (int)((end - lowest) / size)).Memory;
        return true;
    }

    /// <summary>Memory that others own and keep in place.</summary>
    private sealed unsafe class AddressRange<T>(void* start, int length) : MemoryManager<T>
        where T : struct
    {
        public override Span<T> GetSpan() => new(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(Unsafe.Add<T>(start, elementIndex));

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
