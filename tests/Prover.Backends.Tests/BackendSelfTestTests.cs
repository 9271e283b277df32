namespace Prover.Backends.Tests;

public sealed class BackendSelfTestTests
{
    [Theory]
    [InlineData(FaultyKernel.Evaluate, "the domain")]
    [InlineData(FaultyKernel.EvaluateOnOddCoset, "the odd coset")]
    [InlineData(FaultyKernel.Interpolate, "Interpolating")]
    [InlineData(FaultyKernel.MultiplySubtract, "Products")]
    [InlineData(FaultyKernel.Quotient, "quotient")]
    [InlineData(FaultyKernel.MultiplyRows, "rows")]
    [InlineData(FaultyKernel.SumInG1, "G1")]
    [InlineData(FaultyKernel.SumInG2, "G2")]
    public void Each_faulty_kernel_is_found_and_named(FaultyKernel fault, string naming)
    {
        using var backend = new FaultyBackend(fault);
        var result = BackendSelfTest.Run(backend);
        Assert.False(result.Passed);
        Assert.Contains(naming, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_without_fault_passes()
    {
        using var backend = new FaultyBackend(FaultyKernel.None);
        var result = BackendSelfTest.Run(backend);
        Assert.True(result.Passed);
        Assert.Equal("faulty", result.Detail);
    }
}
