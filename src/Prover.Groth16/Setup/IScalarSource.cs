namespace Prover.Groth16;

/// <summary>Where random scalars come from.</summary>
public interface IScalarSource
{
    /// <summary>The next element, uniform in Fr up to a bias below 2⁻¹²⁸.</summary>
    Fr Next();
}
