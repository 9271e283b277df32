namespace Prover.Backends;

/// <summary>A vector of field elements in natural order in the host's memory.</summary>
/// <param name="owner">The backend that made it.</param>
/// <param name="elements">The elements; the vector owns the array.</param>
public sealed class HostFieldVector(IProverBackend owner, Fr[] elements) : OwnedHandle(owner, elements.Length), IFieldVector
{
    /// <summary>The elements, which the backend changes in place.</summary>
    public Fr[] Elements { get; } = elements;
}
