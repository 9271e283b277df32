namespace Prover.Store;

/// <summary>Where a kept state stands.</summary>
/// <param name="Number">The number of the last batch.</param>
/// <param name="Time">Its time; 0 if no batch has been applied yet.</param>
/// <param name="Root">The root that it left.</param>
public sealed record StoreHead(long Number, long Time, Fr Root);
