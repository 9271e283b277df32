using ILGPU.Runtime.Cuda;

namespace Prover.Backends.Gpu.Tests;

public sealed class LostDeviceTests
{
    [Fact]
    public void What_a_lost_device_refuses_to_free_is_no_failure()
    {
        var tried = false;
        LostDevice.Free(() =>
        {
            tried = true;
            throw new CudaException("uncorrectable ECC error encountered");
        });
        Assert.True(tried);
    }

    [Fact]
    public void A_mistake_is_a_failure_all_the_same() =>
        Assert.Throws<InvalidOperationException>(() => LostDevice.Free(() => throw new InvalidOperationException("This cannot happen.")));
}
