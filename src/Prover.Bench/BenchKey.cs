using System.Security.Cryptography;
using System.Text;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Bench;

/// <summary>A profile's key and witness as files, which all provers read.</summary>
/// <param name="KeyPath">The proving key.</param>
/// <param name="WitnessPath">The witness.</param>
public sealed record BenchKey(string KeyPath, string WitnessPath)
{
    /// <summary>Makes them, or finds those of an earlier run of this very program.</summary>
    public static BenchKey Prepare(Profile profile, string folder, IProgress<Groth16Progress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var name = $"{profile.Name}-{profile.Circuit.ConstraintCount}-{Fingerprint(profile)}";
        var files = new BenchKey(Path.Combine(folder, name + ".zkey"), Path.Combine(folder, name + ".wtns"));
        if (!File.Exists(files.KeyPath) || !File.Exists(files.WitnessPath))
        {
            var key = Setup.InsecureDevelopment(profile.Circuit, new SeededScalarSource("benchmark"u8.ToArray()), progress, cancellationToken);
            WtnsFile.Write(files.WitnessPath, profile.Witness);
            ZkeyFile.Write(files.KeyPath, key);
        }

        return files;
    }

    /// <summary>Of the witness and of the code that made key and circuit.</summary>
    private static string Fingerprint(Profile profile)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var type in new[] { typeof(BenchKey), typeof(Setup), typeof(Constraints.R1cs), typeof(ZkeyFile) })
        {
            hash.AppendData(type.Module.ModuleVersionId.ToByteArray());
        }

        foreach (var value in profile.Witness)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(value.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
