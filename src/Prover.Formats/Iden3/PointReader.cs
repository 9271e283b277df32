using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>Which of a point's properties a reader checks. Coordinates are always checked to be below q.</summary>
internal enum PointCheck
{
    /// <summary>Only ranges: the same bytes have passed <see cref="Full"/> before.</summary>
    Range,

    /// <summary>The curve's equation, without the subgroup.</summary>
    Curve,

    /// <summary>The curve's equation and, in G2, the subgroup of order r.</summary>
    Full,
}

/// <summary>Reads arrays of points in Montgomery form, in parallel and straight into place.</summary>
internal static class PointReader
{
    private const int BatchLength = 4096;
    private const int G1Length = 2 * Fr.ByteCount;
    private const int G2Length = 4 * Fr.ByteCount;

    /// <summary>Why a point was refused.</summary>
    private enum Fault
    {
        None,
        Range,
        Curve,
        Subgroup,
    }

    private delegate Fault Parser<TPoint>(ReadOnlySpan<byte> bytes, PointCheck check, out TPoint point);

    /// <summary>Points of G1: x then y, 64 bytes each.</summary>
    public static G1Affine[] ReadG1(SectionFile file, string name, long offset, int count, PointCheck check) =>
        ReadAll<G1Affine>(file, name, offset, count, check, G1Length, ParseG1);

    /// <summary>Points of G2: x₀, x₁, y₀, y₁, 128 bytes each.</summary>
    public static G2Affine[] ReadG2(SectionFile file, string name, long offset, int count, PointCheck check)
    {
        if (check != PointCheck.Full || count < SubgroupBatchCheck.WorthwhileLength)
        {
            return ReadAll<G2Affine>(file, name, offset, count, check, G2Length, ParseG2);
        }

        // If the batch fails, reading again point by point names the culprit.
        var points = ReadAll<G2Affine>(file, name, offset, count, PointCheck.Curve, G2Length, ParseG2);
        return SubgroupBatchCheck.AllInSubgroup(points)
            ? points
            : ReadAll<G2Affine>(file, name, offset, count, PointCheck.Full, G2Length, ParseG2);
    }

    /// <summary>One fully checked point of G1 that must not be infinity.</summary>
    public static G1Affine ReadG1(ByteReader reader, string what)
    {
        var fault = ParseG1(reader.Take(G1Length), PointCheck.Full, out var point);
        return RequireFinite(reader, G1Length, what, fault, point.IsInfinity) ? point : default;
    }

    /// <summary>One fully checked point of G2 that must not be infinity.</summary>
    public static G2Affine ReadG2(ByteReader reader, string what)
    {
        var fault = ParseG2(reader.Take(G2Length), PointCheck.Full, out var point);
        return RequireFinite(reader, G2Length, what, fault, point.IsInfinity) ? point : default;
    }

    /// <summary>Points of G1 that make up a small section, with their ranges checked.</summary>
    public static G1Affine[] ReadG1(ByteReader reader, string what, int count)
    {
        var points = new G1Affine[count];
        for (var i = 0; i < count; i++)
        {
            if (ParseG1(reader.Take(G1Length), PointCheck.Range, out points[i]) is var fault and not Fault.None)
            {
                throw reader.MalformedBefore(G1Length, $"{what}, point {i:N0}: {Describe(fault)}");
            }
        }

        return points;
    }

    private static bool RequireFinite(ByteReader reader, int length, string what, Fault fault, bool isInfinity) => (fault, isInfinity) switch
    {
        (Fault.None, false) => true,
        (Fault.None, true) => throw reader.MalformedBefore(length, $"{what} must not be the point at infinity."),
        _ => throw reader.MalformedBefore(length, $"{what}: {Describe(fault)}"),
    };

    private static TPoint[] ReadAll<TPoint>(
        SectionFile file, string name, long offset, int count, PointCheck check, int length, Parser<TPoint> parse)
    {
        var points = new TPoint[count];
        var firstFault = new ConcurrentDictionary<long, Fault>();
        Parallel.For(0, (count + BatchLength - 1) / BatchLength, batch =>
        {
            var start = batch * BatchLength;
            var batchLength = Math.Min(BatchLength, count - start);
            var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(batchLength * length);
            file.ReadExactly(bytes.AsSpan(0, batchLength * length), offset + ((long)start * length));
            for (var i = 0; i < batchLength; i++)
            {
                var fault = parse(bytes.AsSpan(i * length, length), check, out points[start + i]);
                if (fault != Fault.None)
                {
                    firstFault.TryAdd(start + i, fault);
                    break;
                }
            }

            System.Buffers.ArrayPool<byte>.Shared.Return(bytes);
        });

        // Batches finish in any order; the first bad point is reported so that messages are the same on every run.
        if (!firstFault.IsEmpty)
        {
            var index = firstFault.Keys.Min();
            throw file.Malformed(name, offset + (index * length), $"point {index:N0}: {Describe(firstFault[index])}");
        }

        return points;
    }

    private static Fault ParseG1(ReadOnlySpan<byte> bytes, PointCheck check, out G1Affine point)
    {
        var inRange = TryReadFq(bytes, 0, out var x) & TryReadFq(bytes, 1, out var y);
        point = new G1Affine(x, y);
        return !inRange ? Fault.Range : check != PointCheck.Range && !point.IsOnCurve() ? Fault.Curve : Fault.None;
    }

    private static Fault ParseG2(ReadOnlySpan<byte> bytes, PointCheck check, out G2Affine point)
    {
        var inRange = TryReadFq(bytes, 0, out var x0) & TryReadFq(bytes, 1, out var x1)
            & TryReadFq(bytes, 2, out var y0) & TryReadFq(bytes, 3, out var y1);
        point = new G2Affine(new Fq2(x0, x1), new Fq2(y0, y1));
        return !inRange ? Fault.Range
            : check == PointCheck.Range ? Fault.None
            : !point.IsOnCurve() ? Fault.Curve
            : check == PointCheck.Full && !point.IsInSubgroup() ? Fault.Subgroup
            : Fault.None;
    }

    private static bool TryReadFq(ReadOnlySpan<byte> bytes, int index, out Fq element) =>
        Fq.TryReadMontgomery(bytes.Slice(index * Fr.ByteCount, Fr.ByteCount), out element);

    private static string Describe(Fault fault) => fault switch
    {
        Fault.Range => "each coordinate must be below q.",
        Fault.Curve => "the point is not on the curve.",
        Fault.Subgroup => "the point is not in the subgroup of order r.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
