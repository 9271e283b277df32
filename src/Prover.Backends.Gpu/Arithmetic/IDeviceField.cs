namespace Prover.Backends.Gpu;

/// <summary>What the curve formulas of device kernels need of a field. Values, never references: kernels keep them in registers.</summary>
/// <typeparam name="TSelf">The element type, zero when all its limbs are.</typeparam>
public interface IDeviceField<TSelf>
    where TSelf : unmanaged, IDeviceField<TSelf>
{
    /// <summary>1.</summary>
    static abstract TSelf One { get; }

    /// <summary>a + b.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf Subtract(TSelf a, TSelf b);

    /// <summary>a·b.</summary>
    static abstract TSelf Multiply(TSelf a, TSelf b);

    /// <summary>a².</summary>
    static abstract TSelf Square(TSelf a);

    /// <summary>a·b + c·d, cheaper than two products.</summary>
    static abstract TSelf SumOfProducts(TSelf a, TSelf b, TSelf c, TSelf d);

    /// <summary>Whether a = 0.</summary>
    static abstract bool IsZero(TSelf a);
}
