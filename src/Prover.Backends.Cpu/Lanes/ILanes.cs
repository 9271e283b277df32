using Prover.Algebra;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>What additions of affine points need of four elements of Fq or Fq2. How far values may exceed p: see the implementations.</summary>
internal interface ILanes<TSelf, TField>
    where TSelf : struct, ILanes<TSelf, TField>
    where TField : struct, IField<TField>
{
    /// <summary>Takes four reduced elements.</summary>
    static abstract void Load(in TField e0, in TField e1, in TField e2, in TField e3, out TSelf lanes);

    /// <summary>Gives four reduced elements.</summary>
    static abstract void Store(in TSelf lanes, out TField e0, out TField e1, out TField e2, out TField e3);

    /// <summary>a + b.</summary>
    static abstract void Add(in TSelf a, in TSelf b, out TSelf sum);

    /// <summary>a − b, for b at most 32p.</summary>
    static abstract void Subtract(in TSelf a, in TSelf b, out TSelf difference);

    /// <summary>a·b, for b at most 8p.</summary>
    static abstract void Multiply(in TSelf a, in TSelf b, out TSelf product);

    /// <summary>a², for a at most 8p.</summary>
    static abstract void Square(in TSelf a, out TSelf square);

    /// <summary>An element of Fq that is zero only if a is.</summary>
    static abstract void Norm(in TSelf a, out FieldLanes<BaseModulus> norm);

    /// <summary>a⁻¹, made of the inverse of a's norm.</summary>
    static abstract void Invert(in TSelf a, in FieldLanes<BaseModulus> inverseNorm, out TSelf inverse);
}
