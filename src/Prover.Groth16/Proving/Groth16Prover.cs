using System.Buffers;
using System.Runtime.InteropServices;
using Prover.Algebra;
using Prover.Backends;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>A proving key made resident on one backend, ready to prove many witnesses, as many at a time as the backend says.</summary>
/// <remarks>Groth 2016, §3.2, with the quotient kept as values on the odd coset as in snarkjs's groth16_prove.js.</remarks>
public sealed class Groth16Prover : IDisposable
{
    private static readonly SystemScalarSource Blinding = new();

    private readonly ProvingKey _key;
    private readonly IProverBackend _backend;
    private readonly IPointTable<G1Affine> _a, _b1, _c, _h;
    private readonly IPointTable<G2Affine> _b2;
    private readonly IRowTable _rowsA, _rowsB;
    private readonly List<IDisposable> _tables = [];
    private readonly object _use = new();
    private MemoryHandle _pages;
    private int _proving;
    private bool _isDisposed;

    /// <summary>Loads the key's points and matrices. The backend stays the caller's, who disposes of it after this object.</summary>
    /// <exception cref="DeviceMemoryException">The device's memory does not take them; nothing of them is left there.</exception>
    public Groth16Prover(ProvingKey key, IProverBackend backend)
    {
        _key = key;
        _backend = backend;

        // All lists of a mapped key lie in one file, which stays mapped while one of them is pinned.
        _pages = key.A.Pin();
        try
        {
            _a = Keep(backend.LoadG1(key.A));
            _b1 = Keep(backend.LoadG1(key.B1));
            _b2 = Keep(backend.LoadG2(key.B2));
            _c = Keep(backend.LoadG1(key.C));
            _h = Keep(backend.LoadG1(key.H));
            _rowsA = Keep(backend.LoadRows(RowsOf(key.MatrixA)));
            _rowsB = Keep(backend.LoadRows(RowsOf(key.MatrixB)));
        }
        catch
        {
            Free();
            throw;
        }

        T Keep<T>(T table)
            where T : IDisposable
        {
            _tables.Add(table);
            return table;
        }
    }

    /// <summary>Proves one witness with a key that is used once.</summary>
    /// <inheritdoc cref="Prove(ReadOnlyMemory{Fr}, R1cs?, IProgress{Groth16Progress}?, CancellationToken)"/>
    public static Proof Prove(
        ProvingKey key,
        ReadOnlyMemory<Fr> witness,
        IProverBackend backend,
        R1cs? circuit = null,
        IProgress<Groth16Progress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using var prover = new Groth16Prover(key, backend);
        return prover.Prove(witness, circuit, progress, cancellationToken);
    }

    /// <summary>A proof that the public part of a witness can be completed, blinded afresh and already verified.</summary>
    /// <param name="witness">The value of every wire, starting with the constant one.</param>
    /// <param name="circuit">
    /// The circuit, if its rows should be checked first: a key does not hold matrix C, so without it a wrong witness is noticed
    /// only by the finished proof.
    /// </param>
    /// <param name="progress">Told about each step.</param>
    /// <param name="cancellationToken">Checked between steps.</param>
    /// <exception cref="ArgumentException">The witness has the wrong length or does not start with 1, or the circuit is not the key's.</exception>
    /// <exception cref="UnsatisfiedConstraintException">The witness violates a row of <paramref name="circuit"/>.</exception>
    /// <exception cref="InvalidProofException">The finished proof does not verify.</exception>
    /// <exception cref="ObjectDisposedException">The prover has been disposed of.</exception>
    public Proof Prove(
        ReadOnlyMemory<Fr> witness,
        R1cs? circuit = null,
        IProgress<Groth16Progress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Begin();
        try
        {
            return ProveOne(witness, circuit, progress, cancellationToken);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Frees the key's tables on the backend, once the proofs that are being made no longer read them.</summary>
    public void Dispose()
    {
        lock (_use)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            while (_proving > 0)
            {
                Monitor.Wait(_use);
            }
        }

        Free();
    }

    private void Free()
    {
        _pages.Dispose();
        foreach (var table in _tables)
        {
            table.Dispose();
        }
    }

    private void Begin()
    {
        lock (_use)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _proving++;
        }
    }

    private void End()
    {
        lock (_use)
        {
            _proving--;
            Monitor.PulseAll(_use);
        }
    }

    private static SparseRows RowsOf(SparseMatrix matrix) => new(matrix.RowStarts, matrix.Wires, matrix.CoefficientIds, matrix.Coefficients);

    private Proof ProveOne(ReadOnlyMemory<Fr> witness, R1cs? circuit, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        RequireFits(witness.Span);
        if (circuit is not null)
        {
            Report("check of the witness", 0);
            RequireSatisfied(circuit, witness.Span);
        }

        Report("constraint rows", 0.02);
        using var sums = new WitnessSums(_backend, cancellationToken);
        var wires = sums.Keep(Resident(witness));
        var b2 = sums.Start(new SumTerm<G2Affine>(_b2, wires));
        var b1 = sums.Start(new SumTerm<G1Affine>(_b1, wires));
        var a = sums.Start(new SumTerm<G1Affine>(_a, wires));
        var quotient = Quotient(sums, wires, Report, cancellationToken);
        var c = sums.Start(new SumTerm<G1Affine>(_c, wires, First: _key.PublicCount + 1), new SumTerm<G1Affine>(_h, quotient, IsLast: true));
        sums.Wait(finished => Report("sums over the key's points", 0.3 + 0.67 * finished));

        Report("self-check", 0.97);
        var proof = Blind(a.Result, b1.Result, b2.Result, c.Result);
        if (!Verifier.Verify(_key.VerifyingKey, witness.Span.Slice(1, _key.PublicCount), proof))
        {
            throw new InvalidProofException(
                "The proof does not verify, so it was discarded: the witness does not satisfy the key's circuit, the key is damaged, or the device computed wrongly.");
        }

        return proof;

        void Report(string step, double fraction)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new Groth16Progress(step, fraction));
        }
    }

    /// <summary>
    /// Adds the key's constants and the randomness that makes the proof zero-knowledge: A = α + Σa + rδ, B = β + Σb + sδ,
    /// C = Σc + Σh + sA + rB − rsδ.
    /// </summary>
    private Proof Blind(G1Point a, G1Point b1, G2Point b2, G1Point c)
    {
        var r = Blinding.Next();
        var s = Blinding.Next();
        G1Point delta1 = _key.Delta1;
        a += _key.VerifyingKey.Alpha1;
        a += delta1 * r;
        b1 += _key.Beta1;
        b1 += delta1 * s;
        b2 += _key.VerifyingKey.Beta2;
        b2 += (G2Point)_key.VerifyingKey.Delta2 * s;
        c = c + (a * s) + (b1 * r) + (delta1 * -(r * s));
        return new Proof(a.ToAffine(), b2.ToAffine(), c.ToAffine());
    }

    /// <summary>The values of P = A·B − C on the odd coset.</summary>
    /// <remarks>
    /// On the domain C equals A∘B, since a satisfying witness makes it so; that replaces the matrix C. Hence P, of degree below 2n − 1,
    /// is zero at the even points of the doubled domain, and its values at the odd ones with the points H give [P(τ)/δ]₁, where
    /// P(τ) is the quotient times τⁿ − 1.
    /// </remarks>
    private IFieldVector Quotient(WitnessSums sums, IFieldVector wires, Action<string, double> report, CancellationToken cancellationToken)
    {
        var a = sums.Keep(_backend.MultiplyRows(_rowsA, wires, cancellationToken));
        using var b = _backend.MultiplyRows(_rowsB, wires, cancellationToken);
        report("transforms", 0.05);
        _backend.Quotient(a, b);
        return a;
    }

    /// <summary>The witness on the device; sums only read it, so that its own memory serves where the device can use it.</summary>
    private IFieldVector Resident(ReadOnlyMemory<Fr> witness) => _backend.Take(MemoryMarshal.AsMemory(witness));

    private void RequireFits(ReadOnlySpan<Fr> witness)
    {
        if (witness.Length != _key.WireCount)
        {
            throw new ArgumentException($"Proving key expects {_key.WireCount:N0} wires, the witness has {witness.Length:N0}.", nameof(witness));
        }

        if (!witness[0].IsOne)
        {
            throw new ArgumentException($"Wire 0 must carry 1, it carries {witness[0]}.", nameof(witness));
        }
    }

    private void RequireSatisfied(R1cs circuit, ReadOnlySpan<Fr> witness)
    {
        if (circuit.WireCount != _key.WireCount || circuit.PublicCount != _key.PublicCount)
        {
            throw new ArgumentException(
                $"Proving key is for {_key.WireCount:N0} wires, {_key.PublicCount:N0} of them public; the circuit has {circuit.WireCount:N0} and {circuit.PublicCount:N0}.",
                nameof(circuit));
        }

        if (circuit.FindViolation(witness) is { } violation)
        {
            throw new UnsatisfiedConstraintException(violation);
        }
    }
}
