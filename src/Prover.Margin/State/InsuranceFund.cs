namespace Prover.Margin;

/// <summary>The account that takes over what nobody else would.</summary>
public static class InsuranceFund
{
    /// <summary>Its index. The first deposit, whoever makes it, gives it to the governance's key.</summary>
    public const long Account = 0;
}
