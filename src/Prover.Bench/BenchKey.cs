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
    /// <summary>Makes them, or finds those of an earlier run; what is damaged is made anew.</summary>
    /// <param name="profile">The circuit and its witness.</param>
    /// <param name="folder">Where they are kept; made when needed.</param>
    /// <param name="note">Told what was damaged.</param>
    /// <param name="cancellationToken">Looked at while a key is made.</param>
    /// <returns>The files, and the key as provers have it the second time that they load it: from its tables.</returns>
    public static (BenchKey Files, LoadedKey Loaded) Prepare(Profile profile, string folder, Action<string> note, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var name = $"{profile.Name}-{profile.Circuit.ConstraintCount}-{Fingerprint(profile)}";
        var files = new BenchKey(Path.Combine(folder, name + ".zkey"), Path.Combine(folder, name + ".wtns"));
        if (!files.HoldsWitness(profile, note))
            WtnsFile.Write(files.WitnessPath, profile.Witness);
        if (!File.Exists(files.KeyPath))
            files.MakeKey(profile, cancellationToken);

        var tables = new KeyTables(folder, note);
        try
        {
            return (files, files.Load(tables, note));
        }
        catch (Exception damage) when (damage is MalformedFileException or MismatchException)
        {
            note($"made anew: {damage.Message}");
            files.MakeKey(profile, cancellationToken);
            return (files, files.Load(tables, note));
        }
    }

    private void MakeKey(Profile profile, CancellationToken cancellationToken)
    {
        File.Delete(KeyPin.PathOf(KeyPath));
        ZkeyFile.Write(KeyPath, Setup.InsecureDevelopment(profile.Circuit, new SeededScalarSource("benchmark"u8.ToArray()), progress: null, cancellationToken));
    }

    private bool HoldsWitness(Profile profile, Action<string> note)
    {
        if (!File.Exists(WitnessPath))
            return false;

        try
        {
            if (WtnsFile.Read(WitnessPath).AsSpan().SequenceEqual(profile.Witness))
                return true;

            note($"made anew: {WitnessPath}: not the witness of {profile.Name}.");
        }
        catch (MalformedFileException damage)
        {
            note($"made anew: {damage.Message}");
        }

        return false;
    }

    /// <summary>Every byte of the tables is looked at, and of the key that they were made from: a benchmark cannot tell damage from a wrong prover.</summary>
    private LoadedKey Load(KeyTables tables, Action<string> note)
    {
        foreach (var finding in tables.Inspect(KeyPath, contents: true))
        {
            if (finding.Damage is { } damage)
            {
                note($"made anew: {damage}");
                File.Delete(finding.Path);
            }
        }

        tables.Load(KeyPath).Dispose();
        return tables.Load(KeyPath);
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
