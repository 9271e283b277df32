using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>A profile's key and witness as files, which all provers read.</summary>
/// <param name="KeyPath">The proving key.</param>
/// <param name="WitnessPath">The witness.</param>
public sealed record BenchKey(string KeyPath, string WitnessPath)
{
    /// <summary>Makes them, or finds those of an earlier run.</summary>
    public static BenchKey Prepare(Profile profile, string folder, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var name = $"{profile.Name}-{profile.Circuit.ConstraintCount}-{Fingerprint(profile)}";
        var files = new BenchKey(Path.Combine(folder, name + ".zkey"), Path.Combine(folder, name + ".wtns"));
        if (!File.Exists(files.KeyPath) || !File.Exists(files.WitnessPath))
        {
            var key = Setup.InsecureDevelopment(profile.Circuit, new SeededScalarSource("benchmark"u8.ToArray()), progress, cancellationToken);
            ZkeyFile.Write(files.KeyPath, key);
            WtnsFile.Write(files.WitnessPath, profile.Witness);
        }

        return files;
    }

    /// <summary>Of circuit and witness; any key of the circuit serves.</summary>
    private static string Fingerprint(Profile profile)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var matrix in new[] { profile.Circuit.A, profile.Circuit.B, profile.Circuit.C })
        {
            Append(matrix.RowStarts.Span);
            Append(matrix.Wires.Span);
            Append(matrix.CoefficientIds.Span);
            Append(matrix.Coefficients.Span);
        }

        Append(profile.Witness.AsSpan());
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

        void Append<T>(ReadOnlySpan<T> values)
            where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
