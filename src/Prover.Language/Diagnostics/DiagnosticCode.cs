namespace Prover.Language;

/// <summary>What a code of a diagnostic stands for. Codes stay the same from version to version.</summary>
/// <param name="Code">"R" and four digits.</param>
/// <param name="Meaning">What is wrong.</param>
/// <param name="Remedy">What helps.</param>
/// <param name="Refused">A small program that gets it, or null if none is small.</param>
/// <param name="Accepted">The program mended.</param>
public sealed record DiagnosticCode(string Code, string Meaning, string Remedy, string? Refused = null, string? Accepted = null)
{
    /// <summary>Every code that the language and its compiler give, in their order.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } =
        [.. DiagnosticCodes.Syntax, .. DiagnosticCodes.Types, .. DiagnosticCodes.Names, .. DiagnosticCodes.Constants, .. DiagnosticCodes.Statements, .. DiagnosticCodes.Checks];

    /// <summary>The entry of a code, or null.</summary>
    public static DiagnosticCode? Find(string code) => All.FirstOrDefault(entry => entry.Code == code);
}
