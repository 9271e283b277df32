using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Inverts many non-zero elements for one inversion: three products each in Fq, seven products of Fq each in Fq2.</summary>
/// <param name="longest">How many elements at a time there are at most.</param>
internal sealed class BatchInversion<TField>(int longest)
    where TField : struct, IField<TField>
{
    private readonly Fq[] _norms = new Fq[typeof(TField) == typeof(Fq2) ? longest : 0];
    private readonly Fq[] _normPrefixes = new Fq[typeof(TField) == typeof(Fq2) ? longest : 0];
    private readonly TField[] _prefixes = new TField[typeof(TField) == typeof(Fq2) ? 0 : longest];

    /// <summary>Replaces every element, none of which is zero, by its inverse.</summary>
    public void Invert(Span<TField> elements)
    {
        if (typeof(TField) == typeof(Fq2))
            InvertByNorms(MemoryMarshal.Cast<TField, Fq2>(elements));
        else
            InvertByPrefixes(elements, _prefixes);
    }

    /// <summary>Montgomery's trick: the inverse of the product of all, multiplied by the product of all others.</summary>
    private static void InvertByPrefixes<T>(Span<T> elements, T[] prefixes)
        where T : struct, IField<T>
    {
        var product = T.One;
        for (var i = 0; i < elements.Length; i++)
        {
            prefixes[i] = product;
            product = T.Multiply(product, elements[i]);
        }

        var inverse = product.InvertNonZero();
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            var element = elements[i];
            elements[i] = T.Multiply(inverse, prefixes[i]);
            inverse = T.Multiply(inverse, element);
        }
    }

    /// <summary>(c₀ + c₁·u)⁻¹ = (c₀ − c₁·u) / (c₀² + c₁²), whose denominator lies in Fq and is not zero.</summary>
    private void InvertByNorms(Span<Fq2> elements)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            _norms[i] = elements[i].C0.Square() + elements[i].C1.Square();
        }

        InvertByPrefixes(_norms.AsSpan(0, elements.Length), _normPrefixes);
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = elements[i].Conjugate * _norms[i];
        }
    }
}
