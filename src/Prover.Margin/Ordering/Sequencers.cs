using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The registered sequencers: 3f + 1 of them, of whom f may fail or lie, and 2f + 1 must sign a batch.</summary>
/// <param name="Keys">Their keys.</param>
/// <remarks>Of two quorums at least f + 1 are in both, so that one of them is honest, and an honest one signs one order of a batch only.</remarks>
public sealed record Sequencers([property: JsonPropertyOrder(1)] ImmutableArray<EdwardsPoint> Keys)
{
    /// <summary>The format that this version reads and writes.</summary>
    public const string CurrentFormat = "margin-sequencers/1";

    /// <summary>Names the format in the file.</summary>
    [JsonPropertyOrder(0)]
    [JsonRequired]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>How many must sign, 2f + 1.</summary>
    [JsonIgnore]
    public int Quorum => Keys.Length - ((Keys.Length - 1) / 3);

    /// <summary>Reads the file in which they are registered.</summary>
    /// <exception cref="BatchFileException">It registers no sequencers: the format, their number or a key is wrong.</exception>
    public static Sequencers Read(string path)
    {
        var read = MarginJson.ParseFile<Sequencers>(File.ReadAllText(path), path, CurrentFormat);
        return read.Mistake() is { } mistake ? throw new BatchFileException($"{path}: {mistake}") : read;
    }

    /// <summary>Null if a batch that starts from a root carries a valid quorum; otherwise what is missing.</summary>
    public Rejection? Check(Batch batch, Fr oldRoot)
    {
        if (batch.Quorum is not { } quorum)
        {
            return new("no quorum", $"nobody has signed, {Quorum} of {Keys.Length} sequencers are needed");
        }

        var hash = BatchOrder.HashText(batch);
        if (quorum.Hash != hash)
        {
            return new("wrong hash", $"the quorum names {quorum.Hash}, what the batch asks for has {hash}");
        }

        var message = BatchOrder.Message(batch, oldRoot);
        var signed = new Dictionary<int, int>();
        foreach (var (k, signature) in quorum.Signatures.Index())
        {
            if (Keys.IndexOf(signature.Key) is var signer && signer < 0)
            {
                return new("unknown key", $"signature {k} is of ({signature.Key.X}, {signature.Key.Y}), which is not registered");
            }

            if (!signed.TryAdd(signer, k))
            {
                return new("signer twice", $"signatures {signed[signer]} and {k} are both of sequencer {signer}");
            }

            if (!Eddsa.Verify(signature.Key, message, signature.Signature))
            {
                return new("bad signature", $"signature {k}, of sequencer {signer}, is not over this domain, batch {batch.Number}, old root {oldRoot} and hash {hash}");
            }
        }

        return signed.Count >= Quorum ? null : new("too few signatures", $"{signed.Count} of {Quorum} that are needed, there being {Keys.Length} sequencers");
    }

    /// <summary>Does nothing if a batch that starts from a root carries a valid quorum.</summary>
    /// <exception cref="QuorumException">It does not; the message says what is missing.</exception>
    public void Require(Batch batch, Fr oldRoot, string origin)
    {
        if (Check(batch, oldRoot) is { } rejection)
        {
            throw new QuorumException($"{origin}: no valid quorum: {rejection}");
        }
    }

    private string? Mistake()
    {
        if (Format != CurrentFormat)
        {
            return $"$.format: '{Format}' is not '{CurrentFormat}', the only format this version reads.";
        }

        if (Keys.IsDefaultOrEmpty || Keys.Length % 3 != 1)
        {
            return $"$.keys: {(Keys.IsDefault ? 0 : Keys.Length)} keys; there must be 3f + 1 (1, 4, 7, …), so that 2f + 1 are a quorum.";
        }

        for (var i = 0; i < Keys.Length; i++)
        {
            if (Keys.IndexOf(Keys[i]) is var first && first < i)
            {
                return $"$.keys[{i}]: the same key as $.keys[{first}].";
            }

            if (!BabyJubjub.IsOnCurve(Keys[i]) || Keys[i] == BabyJubjub.Identity || BabyJubjub.Multiply(Keys[i], BabyJubjub.SubgroupOrder) != BabyJubjub.Identity)
            {
                return $"$.keys[{i}]: no key: not a point of Baby Jubjub of the order of its subgroup.";
            }
        }

        return null;
    }
}
