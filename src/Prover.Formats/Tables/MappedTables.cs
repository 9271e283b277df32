using Prover.Algebra;
using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>The tables of a key, mapped into memory and checked so far that no damage can do more harm than spoil a proof.</summary>
internal sealed class MappedTables : IDisposable
{
    private readonly MappedFile _file;

    private MappedTables(string path, TablesHeader header, ProvingKey key, MappedFile file)
    {
        (Path, Header, Key, _file) = (path, header, key, file);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Which key the tables were made from.</summary>
    public TablesHeader Header { get; }

    /// <summary>The key, whose points and matrices lie in the mapped pages. Its verifying key and contributions are copies.</summary>
    public ProvingKey Key { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="MalformedFileException">It breaks a rule.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static MappedTables Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        MappedFile? file = null;
        try
        {
            var (header, layout, head) = TablesHead.Read(path, stream.SafeFileHandle);
            file = new MappedFile(stream, layout.FileLength);
            return new(path, header, ReadKey(path, header, layout, head, file), file);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Computes the hash of all that is mapped, which opening does not.</summary>
    /// <exception cref="MalformedFileException">It is not the one that was written.</exception>
    public void CheckContents() => TablesHead.CheckContents(Path, _file.Handle);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ProvingKey ReadKey(string path, TablesHeader header, TablesLayout layout, byte[] head, MappedFile file)
    {
        var counts = header.Counts;
        var scan = new TablesScan(path);
        var constants = HeadSection(layout.Constants);
        var alpha1 = PointReader.ReadG1(constants, "α in G1");
        var beta1 = PointReader.ReadG1(constants, "β in G1");
        var beta2 = PointReader.ReadG2(constants, "β in G2");
        var gamma2 = PointReader.ReadG2(constants, "γ in G2");
        var delta1 = PointReader.ReadG1(constants, "δ in G1");
        var delta2 = PointReader.ReadG2(constants, "δ in G2");
        var (circuitHash, contributions) = ZkeyContributions.Read(HeadSection(layout.Contributions));
        var coefficients = file.Memory<Fr>(layout.Coefficients);
        scan.RequireReduced<Fr, ScalarModulus>(layout.Coefficients, coefficients);
        return new ProvingKey
        {
            VerifyingKey = new VerifyingKey(alpha1, beta2, gamma2, delta2, PointReader.ReadG1(HeadSection(layout.Ic), "points IC", counts.PublicWires + 1))
            {
                IsDevelopmentKey = header.IsDevelopmentKey,
            },
            Beta1 = beta1,
            Delta1 = delta1,
            A = Points<G1Affine>(layout.A),
            B1 = Points<G1Affine>(layout.B1),
            B2 = Points<G2Affine>(layout.B2),
            C = Points<G1Affine>(layout.C),
            H = Points<G1Affine>(layout.H),
            MatrixA = Matrix(layout.RowStartsA, layout.WiresA, layout.CoefficientIdsA),
            MatrixB = Matrix(layout.RowStartsB, layout.WiresB, layout.CoefficientIdsB),
            CircuitHash = circuitHash,
            Contributions = contributions,
        };

        ByteReader HeadSection(TablesSection section) =>
            new(path, section.Name, section.Offset, head.AsMemory((int)section.Offset, (int)section.Length));

        ReadOnlyMemory<TPoint> Points<TPoint>(TablesSection section)
            where TPoint : unmanaged
        {
            var points = file.Memory<TPoint>(section);
            scan.RequireReduced<TPoint, BaseModulus>(section, points);
            return points;
        }

        SparseMatrix Matrix(TablesSection rowStarts, TablesSection wires, TablesSection coefficientIds)
        {
            var matrix = new SparseMatrix(file.Memory<int>(rowStarts), file.Memory<int>(wires), file.Memory<int>(coefficientIds), coefficients);
            scan.RequireRowStarts(rowStarts, matrix.RowStarts, matrix.TermCount);
            scan.RequireIndices(wires, matrix.Wires, counts.Wires);
            scan.RequireIndices(coefficientIds, matrix.CoefficientIds, counts.Coefficients);
            return matrix;
        }
    }
}
