using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary><see cref="IProverBackend.Quotient"/> from a backend's other kernels: six transforms and a product.</summary>
public static class QuotientInSteps
{
    private const int BatchLength = 4096;

    /// <inheritdoc cref="IProverBackend.Quotient"/>
    /// <exception cref="ArgumentException">The lengths differ or are no power of two, or the vectors are one.</exception>
    public static void Apply(IProverBackend backend, IFieldVector a, IFieldVector b)
    {
        BackendArgument.RequireFactors(a, b);
        using var c = UploadProduct(backend, a, b);
        ToOddCoset(backend, a);
        ToOddCoset(backend, b);
        ToOddCoset(backend, c);
        backend.MultiplySubtract(a, b, c);
    }

    private static IFieldVector UploadProduct(IProverBackend backend, IFieldVector a, IFieldVector b)
    {
        var (product, factors) = (new Fr[a.Count], new Fr[b.Count]);
        backend.Download(a, product);
        backend.Download(b, factors);
        Parallel.ForEach(Partitioner.Create(0, product.Length, BatchLength), range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                product[i] *= factors[i];
            }
        });
        return backend.Upload(product);
    }

    private static void ToOddCoset(IProverBackend backend, IFieldVector values)
    {
        backend.Apply(Transform.Interpolate, values);
        backend.Apply(Transform.EvaluateOnOddCoset, values);
    }
}
