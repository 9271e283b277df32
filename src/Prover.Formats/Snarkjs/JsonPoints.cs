using System.Text.Json;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>Points and field elements in snarkjs's JSON: projective coordinates with z = 1, or [0, 1, 0] for infinity.</summary>
/// <remarks>ffjavascript, ec.js, toObject; in Fq2 the real part comes first.</remarks>
internal static class JsonPoints
{
    public static Fq2 Fq2(JsonSource source)
    {
        var pair = source.ArrayOf(2);
        return new Fq2(pair[0].Element<BaseModulus>(), pair[1].Element<BaseModulus>());
    }

    public static G1Affine G1(JsonSource source)
    {
        var array = source.ArrayOf(3);
        return Checked<Fq, G1Curve>(source, array[0].Element<BaseModulus>(), array[1].Element<BaseModulus>(), array[2].Element<BaseModulus>());
    }

    public static G2Affine G2(JsonSource source)
    {
        var array = source.ArrayOf(3);
        return Checked<Fq2, G2Curve>(source, Fq2(array[0]), Fq2(array[1]), Fq2(array[2]));
    }

    public static Fq12 Fq12(JsonSource source)
    {
        var pair = source.ArrayOf(2);
        return new Fq12(Fq6(pair[0]), Fq6(pair[1]));
    }

    public static void Write(Utf8JsonWriter writer, string name, in G1Affine point)
    {
        writer.WriteStartArray(name);
        WriteCoordinates(writer, point);
        writer.WriteEndArray();
    }

    public static void WriteElement(Utf8JsonWriter writer, in G1Affine point)
    {
        writer.WriteStartArray();
        WriteCoordinates(writer, point);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, in G2Affine point)
    {
        writer.WriteStartArray(name);
        Write(writer, point.X);
        Write(writer, point.IsInfinity ? Algebra.Fq2.One : point.Y);
        Write(writer, point.IsInfinity ? Algebra.Fq2.Zero : Algebra.Fq2.One);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, in Fq12 element)
    {
        writer.WriteStartArray(name);
        Write(writer, element.C0);
        Write(writer, element.C1);
        writer.WriteEndArray();
    }

    private static AffinePoint<TField, TCurve> Checked<TField, TCurve>(JsonSource source, TField x, TField y, TField z)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        if (z.IsZero)
        {
            return x.IsZero && y.Equals(TField.One) ? default : throw source.Malformed("the point at infinity is written [0, 1, 0].");
        }

        var point = new AffinePoint<TField, TCurve>(x, y);
        if (!z.Equals(TField.One))
        {
            throw source.Malformed("the third coordinate must be 1, or 0 for the point at infinity.");
        }

        if (point.IsInfinity || !point.IsOnCurve())
        {
            throw source.Malformed($"the point is not on the curve of {TCurve.Name}.");
        }

        return point.IsInSubgroup() ? point : throw source.Malformed($"the point is not in {TCurve.Name}, the subgroup of order r.");
    }

    private static Fq6 Fq6(JsonSource source)
    {
        var triple = source.ArrayOf(3);
        return new Fq6(Fq2(triple[0]), Fq2(triple[1]), Fq2(triple[2]));
    }

    private static void WriteCoordinates(Utf8JsonWriter writer, in G1Affine point)
    {
        writer.WriteStringValue(point.X.ToString());
        writer.WriteStringValue(point.IsInfinity ? "1" : point.Y.ToString());
        writer.WriteStringValue(point.IsInfinity ? "0" : "1");
    }

    private static void Write(Utf8JsonWriter writer, in Fq2 element)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(element.C0.ToString());
        writer.WriteStringValue(element.C1.ToString());
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, in Fq6 element)
    {
        writer.WriteStartArray();
        Write(writer, element.C0);
        Write(writer, element.C1);
        Write(writer, element.C2);
        writer.WriteEndArray();
    }
}
