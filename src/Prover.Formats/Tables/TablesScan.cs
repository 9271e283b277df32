using System.Runtime.InteropServices;
using Prover.Algebra;
using Prover.Backends;

namespace Prover.Formats;

/// <summary>
/// The checks on mapped parts whose hash is not computed on every load: after them no list leads outside another, and every field element is
/// reduced, so that damage can only lead to a proof that does not verify.
/// </summary>
/// <param name="path">The file, for messages.</param>
internal sealed class TablesScan(string path)
{
    private const int BatchLength = 1 << 14;
    private const int LimbsPerElement = 4;

    /// <summary>Offsets that begin with 0, end with the number of terms and never fall.</summary>
    public void RequireRowStarts(TablesSection section, ReadOnlyMemory<int> rowStarts, int terms)
    {
        var starts = rowStarts.Span;
        if (starts[0] != 0)
        {
            throw Malformed(section, 0, sizeof(int), $"the first row begins with term 0, not {starts[0]:N0}.");
        }

        for (var row = 1; row < starts.Length; row++)
        {
            if (starts[row] < starts[row - 1])
            {
                throw Malformed(section, row, sizeof(int), $"row {row - 1:N0} begins with term {starts[row - 1]:N0} and ends before term {starts[row]:N0}.");
            }
        }

        if (starts[^1] != terms)
        {
            throw Malformed(section, starts.Length - 1, sizeof(int), $"the last row ends before term {terms:N0}, not {starts[^1]:N0}.");
        }
    }

    /// <summary>Indices into a list of <paramref name="limit"/> entries.</summary>
    public void RequireIndices(TablesSection section, ReadOnlyMemory<int> indices, int limit) => InBatches(indices.Length, (from, count) =>
    {
        var values = MemoryMarshal.Cast<int, uint>(indices.Span.Slice(from, count));
        if (Indices.Greatest(values) < (uint)limit)
        {
            return;
        }

        var place = 0;
        while (values[place] < (uint)limit)
        {
            place++;
        }

        throw Malformed(section, from + place, sizeof(int), $"entry {from + place:N0} must be below {limit:N0}, it is {values[place]:N0}.");
    });

    /// <summary>Field elements, or points that consist of them, of Montgomery forms below the modulus.</summary>
    public void RequireReduced<T, TModulus>(TablesSection section, ReadOnlyMemory<T> elements)
        where T : unmanaged
        where TModulus : struct, IModulus
    {
        InBatches(elements.Length, (from, count) =>
        {
            var batch = elements.Span.Slice(from, count);
            var limbs = MemoryMarshal.Cast<T, ulong>(batch);

            // All but one in 2⁶² elements are decided by their highest limb.
            for (var high = LimbsPerElement - 1; high < limbs.Length; high += LimbsPerElement)
            {
                var first = high - (LimbsPerElement - 1);
                if (limbs[high] >= TModulus.P3 && !PrimeField<TModulus>.TryReadMontgomery(MemoryMarshal.AsBytes(limbs.Slice(first, LimbsPerElement)), out _))
                {
                    var element = ((long)from * (limbs.Length / count)) + first;
                    throw Malformed(section, element / LimbsPerElement, LimbsPerElement * sizeof(ulong), $"a coordinate or coefficient must be below {TModulus.Name}'s prime.");
                }
            }
        });
    }

    private static void InBatches(int length, Action<int, int> check)
    {
        try
        {
            Parallel.For(0, (length + BatchLength - 1) / BatchLength, batch =>
                check(batch * BatchLength, Math.Min(BatchLength, length - (batch * BatchLength))));
        }
        catch (AggregateException faults)
        {
            throw faults.InnerExceptions[0];
        }
    }

    private MalformedFileException Malformed(TablesSection section, long index, int size, string rule) =>
        new(path, section.Name, section.Offset + (index * size), rule);
}
