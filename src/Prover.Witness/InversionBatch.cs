namespace Prover.Witness;

/// <summary>Elements to be inverted together: one inversion and three products each (Montgomery's trick). Zeros stay zeros.</summary>
internal sealed class InversionBatch
{
    private Fr[] _elements = new Fr[16];
    private int _count;

    public void Add(in Fr element)
    {
        if (_count == _elements.Length)
        {
            Array.Resize(ref _elements, 2 * _count);
        }

        _elements[_count++] = element;
    }

    /// <summary>The inverses in the order of addition, valid until the next is added; the batch is empty again.</summary>
    public ReadOnlySpan<Fr> Invert()
    {
        var elements = _elements.AsSpan(0, _count);
        _count = 0;
        if (elements.Length == 1)
        {
            elements[0] = elements[0].InvertNonZero(); // Zero for zero.
        }
        else if (elements.Length > 1)
        {
            Fr.InvertAll(elements);
        }

        return elements;
    }
}
