using System.Numerics;

namespace Prover.Backends.Cpu;

/// <summary>
/// A vector whose elements lie in natural order or, between two transforms, with the bits of their indices reversed.
/// </summary>
/// <remarks>
/// A decimation-in-frequency transform leaves its results bit-reversed and a decimation-in-time transform wants its input so; keeping
/// the order as a state lets a pair of them do without any permutation. Whoever reads elements asks for natural order.
/// </remarks>
internal sealed class CpuFieldVector(IProverBackend owner, Fr[] elements) : OwnedHandle(owner, elements.Length), IFieldVector
{
    private readonly Lock _reordering = new();
    private SignedScalars? _signed;

    /// <summary>The elements as they lie.</summary>
    public Fr[] Elements { get; } = elements;

    /// <summary>Whether element i lies at the reversal of i.</summary>
    public bool IsBitReversed { get; set; }

    /// <summary>The elements as scalars of sums, prepared when first asked for.</summary>
    public SignedScalars Signed(int threads)
    {
        var elements = InNaturalOrder();
        lock (_reordering)
        {
            return _signed ??= SignedScalars.Of(elements, threads);
        }
    }

    /// <summary>To be called before the elements are changed.</summary>
    public void Change() => _signed = null;

    /// <summary>The elements in natural order; several sums may ask at the same time.</summary>
    public Fr[] InNaturalOrder()
    {
        lock (_reordering)
        {
            if (IsBitReversed)
            {
                var bits = BitOperations.Log2((uint)Count);
                for (var i = 0; i < Count; i++)
                {
                    var reversed = BitReversal.Of(i, bits);
                    if (i < reversed)
                        (Elements[i], Elements[reversed]) = (Elements[reversed], Elements[i]);
                }

                IsBitReversed = false;
            }
        }

        return Elements;
    }
}
