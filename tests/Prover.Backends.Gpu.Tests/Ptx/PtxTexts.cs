namespace Prover.Backends.Gpu.Tests;

/// <summary>Kernels for tests with one buffer of words, whose address stands in %d0.</summary>
internal static class PtxTexts
{
    /// <summary>A kernel with the registers %r0 … %r7 of 32 bits, %d0 … %d3 of 64 bits and the predicates %p0 and %p1.</summary>
    public static string OneThread(string body, string module = "") => $$"""
        .version 7.8
        .target sm_80
        .address_size 64
        {{module}}
        .visible .entry Kernel(.param .b64 buffer)
        {
            .reg .pred %p<2>;
            .reg .b32 %r<8>;
            .reg .b64 %d<4>;
            ld.param.u64 %d0, [buffer];
            {{body}}
            ret;
        }
        """;

    /// <summary>What the kernel leaves in the buffer.</summary>
    public static uint[] Run(string text, uint[] words, int threads = 1, Func<PtxLaunch, PtxLaunch>? adjust = null)
    {
        var memory = new PtxMemory();
        var buffer = memory.Allocate<uint>("buffer", words);
        var launch = new PtxLaunch(new PtxExtent(1), new PtxExtent(threads), BitConverter.GetBytes(buffer.Address));
        PtxGrid.Run(PtxModule.Parse(text), memory, adjust is null ? launch : adjust(launch));
        return buffer.ToArray<uint>();
    }
}
