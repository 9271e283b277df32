using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>What one thread needs to add up slices of sums.</summary>
/// <param name="listSums">Adds up the buckets' lists; this object's from now on.</param>
internal sealed class SumRoom<TField, TCurve>(IListSums<TField, TCurve> listSums) : IDisposable
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private AlignedMemory<int> _digits = new(0);
    private AlignedMemory<int> _indices = new(0);
    private AlignedMemory<AffinePoint<TField, TCurve>> _buckets = new(0);

    /// <summary>Adds up lists.</summary>
    public IListSums<TField, TCurve> ListSums { get; } = listSums;

    /// <summary>Room for digits, not cleared.</summary>
    public Span<int> Digits(int count) => Reserve(ref _digits, count);

    /// <summary>Room for indices, not cleared.</summary>
    public Span<int> Indices(int count) => Reserve(ref _indices, count);

    /// <summary>Room for buckets, not cleared.</summary>
    public Span<AffinePoint<TField, TCurve>> Buckets(int count) => Reserve(ref _buckets, count);

    /// <summary>Gives back what only large sums need.</summary>
    public void Trim()
    {
        Free(ref _digits);
        Free(ref _indices);
        Free(ref _buckets);
        ListSums.Trim();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trim();
        ListSums.Dispose();
    }

    private static Span<T> Reserve<T>(ref AlignedMemory<T> memory, int length)
        where T : struct
    {
        if (memory.GetSpan().Length < length)
        {
            Free(ref memory);
            memory = new AlignedMemory<T>(length);
        }

        return memory.GetSpan()[..length];
    }

    private static void Free<T>(ref AlignedMemory<T> memory)
        where T : struct
    {
        ((IDisposable)memory).Dispose();
        memory = new AlignedMemory<T>(0);
    }
}
