using System.Collections.Immutable;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>A sequencer's word for a batch.</summary>
/// <param name="Key">The sequencer's key.</param>
/// <param name="Signature">Over domain, number, old root and hash of the batch.</param>
public sealed record SequencerSignature(EdwardsPoint Key, EddsaSignature Signature);

/// <summary>What sequencers have signed of a batch's order.</summary>
/// <param name="Hash">The hash of what the batch asks for, as <see cref="BatchOrder"/> computes it: 0x and 64 digits.</param>
/// <param name="Signatures">The signatures so far.</param>
public sealed record BatchQuorum(string Hash, ImmutableArray<SequencerSignature> Signatures);
