namespace Prover.Margin;

/// <summary>What a scan of a book has found.</summary>
/// <param name="Accounts">How many accounts there are.</param>
/// <param name="Doubtful">How many of them had to be checked exactly, being below their maintenance margin or within a rounding error of it.</param>
/// <param name="Deficiencies">All those that are below it, by index.</param>
public sealed record MarginScan(int Accounts, int Doubtful, IReadOnlyList<Deficiency> Deficiencies);
