using System.Text;

namespace Prover.Language;

/// <summary>What a number counts: a product of powers of declared units, such as USD/BTC, or nothing for a plain number.</summary>
/// <remarks>Units exist while a program is compiled and leave no trace in its circuit.</remarks>
public sealed class UnitOfMeasure : IEquatable<UnitOfMeasure>
{
    /// <summary>More different units than anybody multiplies, and powers higher than anybody raises: what exceeds them is refused.</summary>
    private const int MaximumFactors = 16, MaximumExponent = 1_000;

    /// <summary>Ordered by name; no exponent is 0.</summary>
    private readonly (string Name, int Exponent)[] _factors;

    private UnitOfMeasure((string Name, int Exponent)[] factors) => _factors = factors;

    /// <summary>That of plain numbers.</summary>
    public static UnitOfMeasure None { get; } = new([]);

    /// <summary>Whether this is the unit of plain numbers.</summary>
    public bool IsNone => _factors.Length == 0;

    /// <summary>Whether it has no more factors and powers than <see cref="ToString"/> can sensibly show.</summary>
    public bool IsWithinLimit => _factors.Length <= MaximumFactors && Array.TrueForAll(_factors, factor => Math.Abs(factor.Exponent) <= MaximumExponent);

    /// <summary>A single unit.</summary>
    public static UnitOfMeasure Of(string name) => new([(name, 1)]);

    public static UnitOfMeasure operator *(UnitOfMeasure a, UnitOfMeasure b) => a.IsNone ? b : b.IsNone ? a : new(
        [.. a._factors.Concat(b._factors)
            .GroupBy(factor => factor.Name, (name, factors) => (Name: name, Exponent: factors.Sum(factor => factor.Exponent)), StringComparer.Ordinal)
            .Where(factor => factor.Exponent != 0)
            .OrderBy(factor => factor.Name, StringComparer.Ordinal)]);

    public static UnitOfMeasure operator /(UnitOfMeasure a, UnitOfMeasure b) => a * b.Power(-1);

    /// <summary>The unit of a number's power.</summary>
    /// <param name="exponent">At most 2²⁰ in magnitude.</param>
    public UnitOfMeasure Power(int exponent) => exponent == 0 || IsNone ? None : new([.. _factors.Select(factor => (factor.Name, factor.Exponent * exponent))]);

    public bool Equals(UnitOfMeasure? other) => ReferenceEquals(this, other) || (other is not null && _factors.AsSpan().SequenceEqual(other._factors));

    public override bool Equals(object? obj) => Equals(obj as UnitOfMeasure);

    public override int GetHashCode() => _factors.Aggregate(0, HashCode.Combine);

    public static bool operator ==(UnitOfMeasure? left, UnitOfMeasure? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(UnitOfMeasure? left, UnitOfMeasure? right) => !(left == right);

    /// <summary>As it is written: "USD/BTC", "1/BTC^2"; "no unit" for a plain number.</summary>
    public override string ToString()
    {
        if (IsNone)
        {
            return "no unit";
        }

        var text = new StringBuilder();
        foreach (var (name, exponent) in _factors.Where(factor => factor.Exponent > 0))
        {
            text.Append(text.Length > 0 ? "*" : "").Append(PowerOf(name, exponent));
        }

        text.Append(text.Length > 0 ? "" : "1");
        foreach (var (name, exponent) in _factors.Where(factor => factor.Exponent < 0))
        {
            text.Append('/').Append(PowerOf(name, -exponent));
        }

        return text.ToString();
    }

    private static string PowerOf(string name, int exponent) => exponent == 1 ? name : $"{name}^{exponent}";
}
