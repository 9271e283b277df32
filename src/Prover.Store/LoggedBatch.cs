using Prover.Margin;

namespace Prover.Store;

/// <summary>A batch that was applied, all of whose transactions were accepted.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Body">What it asked for, as <see cref="BatchBody"/> writes it.</param>
/// <param name="OldRoot">The root before.</param>
/// <param name="NewRoot">The root after.</param>
/// <param name="Digest">The hash of its data words, which a proof of it exposes.</param>
public sealed record LoggedBatch(long Number, BatchShape Shape, string Body, Fr OldRoot, Fr NewRoot, Fr Digest);
