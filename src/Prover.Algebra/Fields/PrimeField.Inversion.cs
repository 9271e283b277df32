namespace Prover.Algebra;

public readonly partial struct PrimeField<TModulus>
{
    /// <inheritdoc/>
    /// <remarks>Fermat: a^(p−2). Callers with many elements use <see cref="InvertAll"/>, which needs one of these.</remarks>
    public PrimeField<TModulus> InvertNonZero() => this.Power(FermatExponent);

    /// <summary>Replaces every element by its inverse and leaves zeros as they are.</summary>
    /// <remarks>Montgomery's trick: one inversion and three products per element (Cohen, Algorithm 10.3.4).</remarks>
    public static void InvertAll(Span<PrimeField<TModulus>> elements)
    {
        var prefixes = new PrimeField<TModulus>[elements.Length];
        var product = One;
        for (var i = 0; i < elements.Length; i++)
        {
            prefixes[i] = product;
            product = elements[i].IsZero ? product : product * elements[i];
        }

        var inverse = product.InvertNonZero();
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            if (!elements[i].IsZero)
            {
                var element = elements[i];
                elements[i] = inverse * prefixes[i];
                inverse *= element;
            }
        }
    }
}
