using System.Numerics;

namespace Prover.Backends.Cpu;

/// <summary>
/// A vector whose elements lie in natural order or, between two transforms, with the bits of their indices reversed.
/// </summary>
/// <remarks>
/// A decimation-in-frequency transform leaves its results bit-reversed and a decimation-in-time transform wants its input so; keeping
/// the order as a state lets a pair of them do without any permutation. Whoever reads elements asks for natural order.
/// </remarks>
/// <param name="owner">The backend that made it.</param>
/// <param name="elements">The elements, which the backend changes in place.</param>
/// <param name="memory">Frees the elements' memory with the vector, if that is the vector's to do.</param>
internal sealed class CpuFieldVector(IProverBackend owner, Memory<Fr> elements, IDisposable? memory = null) : OwnedHandle(owner, elements.Length), IFieldVector
{
    /// <summary>With this part of its bases finite a table takes all scalars and skips some; with less, scalars are copied for it.</summary>
    private const double MostlyFinite = 0.75;

    private readonly Lock _reordering = new();
    private readonly List<(FinitePoints Bases, int First, SignedScalars Scalars)> _selections = [];
    private SignedScalars? _signed;
    private bool _isUsedUp;

    /// <summary>The elements as they lie.</summary>
    /// <exception cref="ObjectDisposedException">A sum has used them up.</exception>
    public Memory<Fr> Elements => _isUsedUp ? throw new ObjectDisposedException("The last sum has used this vector up.", innerException: null) : elements;

    /// <summary>Whether element i lies at the reversal of i.</summary>
    public bool IsBitReversed { get; set; }

    /// <summary>The elements as scalars of a table; prepared when first asked for.</summary>
    /// <param name="bases">The table's finite points.</param>
    /// <param name="first">The number of the element that the table's first base belongs to.</param>
    /// <param name="threads">How many threads prepare them.</param>
    /// <param name="isLast">Whether the elements themselves are not needed any more.</param>
    public TableScalars Scalars(FinitePoints bases, int first, int threads, bool isLast)
    {
        if (_signed is null)
            _ = InNaturalOrder();

        lock (_reordering)
        {
            _signed ??= isLast && memory is not null ? SignedScalars.InPlaceOf(Elements, threads) : SignedScalars.Of(Elements, threads);
            if (isLast)
                FreeElements();

            if (bases.Count >= MostlyFinite * bases.Length)
                return new TableScalars(_signed, first, bases.Count < bases.Length ? bases : null);

            // Tables of both groups have the same points at infinity.
            var selection = _selections.Find(known => known.First == first && known.Bases.IsSameAs(bases));
            if (selection.Scalars is null)
            {
                selection = (bases, first, _signed.For(bases, first));
                _selections.Add(selection);
            }

            return new TableScalars(selection.Scalars, 0, null);
        }
    }

    /// <summary>To be called before the elements are changed.</summary>
    public void Change()
    {
        _signed?.Dispose();
        _signed = null;
        foreach (var selection in _selections)
        {
            selection.Scalars.Dispose();
        }

        _selections.Clear();
    }

    /// <summary>The elements in natural order; several sums may ask at the same time.</summary>
    public Memory<Fr> InNaturalOrder()
    {
        lock (_reordering)
        {
            if (IsBitReversed)
            {
                var bits = BitOperations.Log2((uint)Count);
                var places = Elements.Span;
                for (var i = 0; i < places.Length; i++)
                {
                    var reversed = BitReversal.Of(i, bits);
                    if (i < reversed)
                        (places[i], places[reversed]) = (places[reversed], places[i]);
                }

                IsBitReversed = false;
            }
        }

        return Elements;
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        Change();
        FreeElements();
    }

    private void FreeElements()
    {
        memory?.Dispose();
        _isUsedUp = true;
    }
}
