using Prover.Algebra;
using Prover.Testing;

namespace Prover.Backends.Cpu.Tests;

public sealed class BatchInversionTests
{
    [Fact]
    public void Each_element_of_fq_times_its_inverse_is_one() => InversesMatch(FieldGenerators.Coordinates);

    [Fact]
    public void Each_element_of_fq2_times_its_inverse_is_one() => InversesMatch(FieldGenerators.QuadraticElements);

    private static void InversesMatch<TField>(Gen<TField> elements)
        where TField : struct, IField<TField>
    {
        var inversion = new BatchInversion<TField>(20);
        elements.Where(element => !element.IsZero).Array[0, 20].Sample(
            values =>
            {
                var inverses = values.ToArray();
                inversion.Invert(inverses);
                return values.Zip(inverses).All(pair => TField.Multiply(pair.First, pair.Second).Equals(TField.One));
            }, threads: 1);
    }
}
