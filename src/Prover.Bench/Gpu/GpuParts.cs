namespace Prover.Bench;

/// <summary>What a run on a GPU consists of.</summary>
public static class GpuParts
{
    /// <summary>Products in Fr, in chains.</summary>
    public const string Products = "products";

    /// <summary>Additions of bases in runs of 32, as buckets are summed.</summary>
    public const string Additions = "additions";

    /// <summary>Evaluations of a polynomial.</summary>
    public const string Transform = "transform";

    /// <summary>Quotients of two vectors on the odd coset.</summary>
    public const string Quotient = "quotient";

    /// <summary>Sums of scalars times points.</summary>
    public const string Sum = "sum";

    /// <summary>Bringing a proving key to the device.</summary>
    public const string Key = "key";

    /// <summary>Proofs, one after the other.</summary>
    public const string Proof = "proof";

    /// <summary>Several proofs at a time; counted in proofs.</summary>
    public const string Throughput = "throughput";

    /// <summary>The same of batches of trades; counted in trades.</summary>
    public const string Trades = "trades";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Products, Additions, Transform, Quotient, Sum, Key, Proof, Throughput, Trades];
}
