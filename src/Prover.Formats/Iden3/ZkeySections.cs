namespace Prover.Formats;

/// <summary>The sections of a Groth16 .zkey.</summary>
/// <remarks>snarkjs, zkey_utils.js. Sections from 4096 on are ours; snarkjs passes over sections it does not know.</remarks>
internal static class ZkeySections
{
    public const uint Protocol = 1;
    public const uint Header = 2;
    public const uint Ic = 3;
    public const uint Coefficients = 4;
    public const uint A = 5;
    public const uint B1 = 6;
    public const uint B2 = 7;
    public const uint C = 8;
    public const uint H = 9;
    public const uint Contributions = 10;

    /// <summary>Present, with <see cref="DevelopmentText"/> as contents, in keys whose trapdoors somebody could have kept.</summary>
    public const uint DevelopmentMark = 4096;

    /// <summary>Last in the file: SHA-256 of everything before this section's own header.</summary>
    public const uint Digest = 4097;

    public const int G1Length = 64;
    public const int G2Length = 128;
    public const int TermLength = 12 + 32;
    public const int HeaderLength = (2 * (4 + 32)) + (3 * 4) + (3 * G1Length) + (3 * G2Length);
    public const int CircuitHashLength = 64;
    public const int DigestLength = 32;

    public static ReadOnlySpan<byte> DevelopmentText => "insecure development key: whoever made it can forge proofs"u8;
}
