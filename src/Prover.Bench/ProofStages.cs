using System.Diagnostics;
using Prover.Backends;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>Times the stages of a proof one by one; in a proof some of them run beside each other.</summary>
public sealed class ProofStages : IDisposable
{
    private readonly IProverBackend _backend;
    private readonly ProvingKey _key;
    private readonly Fr[] _witness;
    private readonly Func<Fr[]>? _solve;
    private readonly IPointTable<G1Affine> _a, _b1, _c, _h;
    private readonly IPointTable<G2Affine> _b2;
    private readonly Dictionary<string, double> _least = [];
    private CancellationToken _cancellationToken;

    /// <summary>Loads the key's tables.</summary>
    /// <param name="backend">What to measure.</param>
    /// <param name="key">The key.</param>
    /// <param name="witness">The value of every wire.</param>
    /// <param name="solve">Computes the witness, which is a stage then; otherwise null.</param>
    public ProofStages(IProverBackend backend, ProvingKey key, Fr[] witness, Func<Fr[]>? solve = null)
    {
        (_backend, _key, _witness, _solve) = (backend, key, witness, solve);
        (_a, _b1, _c, _h) = (backend.LoadG1(key.A), backend.LoadG1(key.B1), backend.LoadG1(key.C), backend.LoadG1(key.H));
        _b2 = backend.LoadG2(key.B2);
    }

    /// <summary>The least time of each stage so far.</summary>
    public IReadOnlyList<StageTime> Times => [.. _least.Select(stage => new StageTime(stage.Key, stage.Value))];

    /// <summary>Points of 64 and 128 bytes gathered for a proof whose scalars are all full-size, and three polynomials read and written in three passes each.</summary>
    public static long BytesMoved(ProvingKey key, double digits) =>
        (long)(digits * ((64L * (key.A.Length + key.B1.Length + key.C.Length + key.H.Length)) + (128L * key.B2.Length))) + (3L * 3 * 2 * 32 * key.DomainSize);

    /// <summary>Runs every stage once.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, which is looked at between stages.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (_solve is { } solve)
        {
            Time("witness", () => solve());
        }

        using var wires = _backend.Upload(_witness);
        using var a = Rows("rows A", _key.MatrixA, wires);
        using var b = Rows("rows B", _key.MatrixB, wires);
        Time("transforms", () => _backend.Quotient(a, b));

        // The first sum also prepares the scalars for the others.
        Time("sum A, scalars", () => _backend.SumAsync([new SumTerm<G1Affine>(_a, wires)]).GetAwaiter().GetResult());
        Time("sum B in G1", () => _backend.SumAsync([new SumTerm<G1Affine>(_b1, wires)]).GetAwaiter().GetResult());
        Time("sum B in G2", () => _backend.SumAsync([new SumTerm<G2Affine>(_b2, wires)]).GetAwaiter().GetResult());
        Time("sum C and H", () => _backend.SumAsync(
            [new SumTerm<G1Affine>(_c, wires, _key.PublicCount + 1), new SumTerm<G1Affine>(_h, a)]).GetAwaiter().GetResult());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in new IDisposable[] { _a, _b1, _c, _h, _b2 })
        {
            table.Dispose();
        }
    }

    private IFieldVector Rows(string name, Constraints.SparseMatrix matrix, IFieldVector wires)
    {
        IFieldVector? products = null;
        using var rows = _backend.LoadRows(new SparseRows(matrix.RowStarts, matrix.Wires, matrix.CoefficientIds, matrix.Coefficients));
        Time(name, () => products = _backend.MultiplyRows(rows, wires));
        return products!;
    }

    private void Time(string name, Action work)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        work();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _least[name] = Math.Min(_least.GetValueOrDefault(name, double.PositiveInfinity), seconds);
    }
}
