using Prover.Groth16;

namespace Prover.Cli;

/// <summary>What people want to know of a proving key.</summary>
internal static class KeyReport
{
    public static void Write(Terminal terminal, string path, ProvingKey key)
    {
        var bytes = new FileInfo(path).Length;
        terminal.WriteReport(
            path,
            new
            {
                path,
                kind = "zkey",
                bytes,
                wires = key.WireCount,
                publicInputs = key.PublicCount,
                domainSize = key.DomainSize,
                insecure = key.IsInsecure,
                development = key.IsDevelopmentKey,
                contributions = key.ContributionCount,
                circuitHash = key.CircuitHash.Span.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(key.CircuitHash.Span) : null,
            },
            [
                ("proving key", "Groth16 over BN254"),
                ("size", $"{bytes:N0} bytes"),
                ("wires", $"{key.WireCount:N0}"),
                ("public inputs", $"{key.PublicCount:N0}"),
                ("domain", $"{key.DomainSize:N0} points"),
                ("made by", Origin(key)),
            ]);
    }

    /// <summary>Where a key comes from and whether that can be trusted.</summary>
    public static string Origin(ProvingKey key) => key switch
    {
        { IsDevelopmentKey: true } => "INSECURE development set-up: not for a chain",
        { ContributionCount: 0 } => "powers of tau, INSECURE until somebody contributes",
        { VerifyingKey.AnyoneCanForge: true } => "INSECURE: no contribution has changed δ, so anyone can forge proofs",
        _ => $"a ceremony with {key.ContributionCount:N0} {(key.ContributionCount == 1 ? "contribution" : "contributions")}",
    };
}
