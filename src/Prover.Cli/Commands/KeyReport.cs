using Prover.Formats;
using Prover.Groth16;

namespace Prover.Cli;

/// <summary>What people want to know of a proving key.</summary>
internal static class KeyReport
{
    public static void Write(Terminal terminal, string path, ProvingKey key) =>
        Write(terminal, path, key, Keys.Tables(terminal).Inspect(path, contents: false));

    /// <summary>The same, with what was found of the key's tables.</summary>
    public static void Write(Terminal terminal, string path, ProvingKey key, IReadOnlyList<TablesFinding> tables)
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
                tables,
            },
            [
                ("proving key", "Groth16 over BN254"),
                ("size", $"{bytes:N0} bytes"),
                ("wires", $"{key.WireCount:N0}"),
                ("public inputs", $"{key.PublicCount:N0}"),
                ("domain", $"{key.DomainSize:N0} points"),
                ("made by", Origin(key)),
                .. tables.Select(found => ("tables", Describe(found))),
            ]);
    }

    /// <summary>What is to be said of a key's prepared tables.</summary>
    public static string Describe(TablesFinding tables) => tables switch
    {
        { Damage: { } damage } => $"DAMAGED, to be made anew: {damage}",
        { IsCurrent: true } => $"{tables.Path} ({new FileInfo(tables.Path).Length:N0} bytes)",
        _ => $"{tables.Path}: of another state of the key, to be made anew",
    };

    /// <summary>Where a key comes from and whether that can be trusted.</summary>
    public static string Origin(ProvingKey key) => key switch
    {
        { IsDevelopmentKey: true } => "INSECURE development set-up: not for a chain",
        { ContributionCount: 0 } => "powers of tau, INSECURE until somebody contributes",
        { VerifyingKey.AnyoneCanForge: true } => "INSECURE: no contribution has changed δ, so anyone can forge proofs",
        _ => $"a ceremony with {key.ContributionCount:N0} {(key.ContributionCount == 1 ? "contribution" : "contributions")}",
    };
}
