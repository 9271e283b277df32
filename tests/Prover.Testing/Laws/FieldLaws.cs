using System.Numerics;
using Prover.Algebra;

namespace Prover.Testing;

/// <summary>The axioms of a finite field, for every field that curves and pairings compute in.</summary>
public abstract class FieldLaws<TField>
    where TField : struct, IField<TField>
{
    /// <summary>Elements to try, edge cases among them.</summary>
    protected abstract Gen<TField> Elements { get; }

    /// <summary>Number of elements of the field.</summary>
    protected abstract BigInteger Order { get; }

    /// <summary>How many random cases a law is tried on.</summary>
    protected virtual int Cases => 200;

    [Fact]
    public void Addition_is_associative() => Sample(
        (a, b, c) => TField.Add(TField.Add(a, b), c).Equals(TField.Add(a, TField.Add(b, c))));

    [Fact]
    public void Addition_is_commutative() => Sample((a, b) => TField.Add(a, b).Equals(TField.Add(b, a)));

    [Fact]
    public void Zero_is_neutral_in_addition() => Sample(a => TField.Add(a, TField.Zero).Equals(a) && TField.Subtract(a, TField.Zero).Equals(a));

    [Fact]
    public void Subtraction_undoes_addition() => Sample(
        (a, b) => TField.Subtract(TField.Add(a, b), b).Equals(a) && TField.Subtract(a, a).IsZero);

    [Fact]
    public void Multiplication_is_associative() => Sample(
        (a, b, c) => TField.Multiply(TField.Multiply(a, b), c).Equals(TField.Multiply(a, TField.Multiply(b, c))));

    [Fact]
    public void Multiplication_is_commutative() => Sample((a, b) => TField.Multiply(a, b).Equals(TField.Multiply(b, a)));

    [Fact]
    public void Multiplication_distributes_over_addition() => Sample(
        (a, b, c) => TField.Multiply(a, TField.Add(b, c)).Equals(TField.Add(TField.Multiply(a, b), TField.Multiply(a, c))));

    [Fact]
    public void One_is_neutral_in_multiplication() => Sample(a => TField.Multiply(a, TField.One).Equals(a));

    [Fact]
    public void Products_are_zero_only_with_a_zero_factor() => Sample(
        (a, b) => TField.Multiply(a, b).IsZero == (a.IsZero || b.IsZero) && TField.Multiply(a, TField.Zero).IsZero);

    [Fact]
    public void Square_is_the_product_with_itself() => Sample(a => a.Square().Equals(TField.Multiply(a, a)));

    [Fact]
    public void Double_is_the_sum_with_itself() => Sample(a => a.Double().Equals(TField.Add(a, a)));

    [Fact]
    public void Inverse_times_element_is_one() => Sample(a => a.IsZero || TField.Multiply(a, a.InvertNonZero()).Equals(TField.One));

    [Fact]
    public void Zero_maps_to_zero_under_inversion() => Assert.True(TField.Zero.InvertNonZero().IsZero);

    [Fact]
    public void Zero_is_the_default_and_differs_from_one()
    {
        Assert.True(default(TField).IsZero);
        Assert.Equal(default, TField.Zero);
        Assert.False(TField.One.IsZero);
    }

    [Fact]
    public void Elements_are_roots_of_the_field_equation() => Elements.Sample(a => a.Power(Order).Equals(a), iter: 10);

    [Fact]
    public void Powers_multiply_by_adding_exponents() => Gen.Select(Elements, Gen.ULong, Gen.ULong).Sample(
        (a, m, n) => TField.Multiply(a.Power(m), a.Power(n)).Equals(a.Power((BigInteger)m + n)), iter: 20);

    [Fact]
    public void Powers_start_from_one() => Sample(a => a.Power(0).Equals(TField.One) && a.Power(1).Equals(a) && a.Power(2).Equals(a.Square()));

    [Fact]
    public void Negative_exponents_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => TField.One.Power(-1));

    [Fact]
    public void Results_may_overwrite_operands() => Sample((a, b) =>
    {
        TField[] slots = [a, b, a, b, a, b, a, a];
        slots[0] = TField.Add(slots[0], b);
        slots[1] = TField.Subtract(a, slots[1]);
        slots[2] = TField.Multiply(slots[2], b);
        slots[3] = TField.Multiply(a, slots[3]);
        slots[4] = TField.Multiply(slots[4], slots[4]);
        slots[5] = slots[5].Square();
        slots[6] = TField.Subtract(slots[6], slots[6]);
        slots[7] = slots[7].InvertNonZero();
        return slots.SequenceEqual(
        [
            TField.Add(a, b), TField.Subtract(a, b), TField.Multiply(a, b), TField.Multiply(a, b), a.Square(), b.Square(), TField.Zero,
            a.InvertNonZero(),
        ]);
    });

    [Fact]
    public void Equal_elements_have_equal_hashes() => Sample(
        (a, b) => TField.Add(a, b).GetHashCode() == TField.Add(b, a).GetHashCode());

    private void Sample(Func<TField, bool> law) => Elements.Sample(law, iter: Cases);

    private void Sample(Func<TField, TField, bool> law) => Gen.Select(Elements, Elements).Sample(law, iter: Cases);

    private void Sample(Func<TField, TField, TField, bool> law) => Gen.Select(Elements, Elements, Elements).Sample(law, iter: Cases);
}
