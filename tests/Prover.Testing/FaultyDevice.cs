using Prover.Algebra;
using Prover.Backends;

namespace Prover.Testing;

/// <summary>What goes wrong on a <see cref="FaultyDevice"/>.</summary>
public enum DeviceFault
{
    /// <summary>A sum in G1 is off by the generator.</summary>
    SumInG1,

    /// <summary>A sum in G2 is off by the generator.</summary>
    SumInG2,

    /// <summary>Each value of a quotient is off by one.</summary>
    Quotient,

    /// <summary>The device is lost while it computes a quotient.</summary>
    Loss,

    /// <summary>The device has no memory for points.</summary>
    Memory,

    /// <summary>Rows cannot be read, which is not the device's fault.</summary>
    Rows,

    /// <summary>The device has no memory for the points of a second key.</summary>
    MemoryForTwoKeys,

    /// <summary>The device has no memory for a quotient while another one is being computed.</summary>
    MemoryForTwo,

    /// <summary>The device has no memory for a quotient at all.</summary>
    MemoryForOne,
}

/// <summary>A backend in which faults are planted.</summary>
/// <param name="backend">What it computes with otherwise, which it disposes of.</param>
/// <param name="fault">What goes wrong.</param>
/// <param name="first">From which time on that it is computed; a proof takes one quotient, one sum in G2 and three in G1.</param>
/// <param name="times">How many times.</param>
/// <param name="name">What the device is called.</param>
public sealed class FaultyDevice(IProverBackend backend, DeviceFault fault, int first = 0, int times = int.MaxValue, string name = "gpu:0") : IProverBackend
{
    private int _computed, _quotients, _keys;

    public string Name => name;

    public string Description => $"faulty {fault}";

    public int ProofsInFlight => backend.ProofsInFlight;

    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => Fails(DeviceFault.Memory)
        ? throw Shortage($"A table of {points.Length} points")
        : backend.LoadG1(points);

    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points)
    {
        // A key has one list of points in G2.
        if (fault == DeviceFault.MemoryForTwoKeys && Volatile.Read(ref _keys) > 0)
            throw Shortage($"A second table of {points.Length} points");

        Interlocked.Increment(ref _keys);
        return new CountedTable(backend.LoadG2(points), () => Interlocked.Decrement(ref _keys));
    }

    public IRowTable LoadRows(SparseRows matrix) => Fails(DeviceFault.Rows) ? throw new InvalidDataException("The rows cannot be read.") : backend.LoadRows(matrix);

    public IFieldVector Upload(ReadOnlySpan<Fr> values) => backend.Upload(values);

    public IFieldVector Take(Memory<Fr> values, IDisposable? owner) => backend.Take(values, owner);

    public void Download(IFieldVector vector, Span<Fr> destination) => backend.Download(vector, destination);

    public void Apply(Transform transform, IFieldVector vector) => backend.Apply(transform, vector);

    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c) => backend.MultiplySubtract(a, b, c);

    public void Quotient(IFieldVector a, IFieldVector b)
    {
        if (Fails(DeviceFault.Loss))
            throw new DeviceLostException($"{name} fell off the bus.");

        if (Fails(DeviceFault.MemoryForOne))
            throw Shortage("A quotient");

        Compute(a, b);
        if (Fails(DeviceFault.Quotient))
        {
            using var one = backend.Upload([.. Enumerable.Repeat(Fr.One, a.Count)]);
            backend.MultiplySubtract(a, one, one);
        }
    }

    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken) =>
        backend.MultiplyRows(rows, vector, cancellationToken);

    public async Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken)
    {
        var sum = await backend.SumAsync(terms, cancellationToken);
        return Fails(DeviceFault.SumInG1) ? sum + G1Affine.Generator : sum;
    }

    public async Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken)
    {
        var sum = await backend.SumAsync([.. terms.Select(term => term with { Bases = ((CountedTable)term.Bases).Table })], cancellationToken);
        return Fails(DeviceFault.SumInG2) ? sum + G2Affine.Generator : sum;
    }

    public void Dispose() => backend.Dispose();

    private void Compute(IFieldVector a, IFieldVector b)
    {
        var beside = Interlocked.Increment(ref _quotients) - 1;
        try
        {
            if (fault == DeviceFault.MemoryForTwo)
            {
                if (beside > 0)
                    throw Shortage("A quotient beside another one");

                // Long enough for another one to come into it.
                Thread.Sleep(20);
            }

            backend.Quotient(a, b);
        }
        finally
        {
            Interlocked.Decrement(ref _quotients);
        }
    }

    private DeviceMemoryException Shortage(string purpose) => new(name, purpose, askedBytes: 1L << 40, availableBytes: 1L << 30);

    private bool Fails(DeviceFault here)
    {
        if (here != fault)
            return false;

        var time = Interlocked.Increment(ref _computed) - 1;
        return time >= first && time - first < times;
    }

    private sealed class CountedTable(IPointTable<G2Affine> table, Action freed) : IPointTable<G2Affine>
    {
        public IPointTable<G2Affine> Table => table;

        public int Count => table.Count;

        public void Dispose()
        {
            table.Dispose();
            freed();
        }
    }
}
