using Prover.Algebra;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class PrimeFieldTests
{
    [Fact]
    public void Scalar_products_match_big_integers() => Gen.Select(FieldGenerators.Scalars, FieldGenerators.Scalars).Sample(
        (a, b) => (a * b).ToInteger() == a.ToInteger() * b.ToInteger() % Fr.Modulus);

    [Fact]
    public void Coordinate_products_match_big_integers() => Gen.Select(FieldGenerators.Coordinates, FieldGenerators.Coordinates).Sample(
        (a, b) => (a * b).ToInteger() == a.ToInteger() * b.ToInteger() % Fq.Modulus);

    [Fact]
    public void Inverse_times_element_is_one() => FieldGenerators.Scalars.Where(a => !a.IsZero).Sample(a => (a * a.Invert()).IsOne);

    [Fact]
    public void Zero_has_no_inverse() => Assert.Throws<DivideByZeroException>(() => Fr.Zero.Invert());
}
