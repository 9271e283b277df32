namespace Prover.Backends.Gpu.Tests;

/// <summary>A few instructions made a kernel, in which every thread has a row of numbers and gives a row of numbers.</summary>
/// <remarks>
/// The numbers are in registers %x0, %x1, … and go to %y0, %y1, …, of the width asked for. %r and %d are registers of 32 and 64 bits, %p
/// predicates, eight of each.
/// </remarks>
internal sealed class PtxSnippet(string body, int bits, int inputs, int outputs)
{
    private const int Threads = 64;

    public string Text { get; } = $$"""
        .version 7.8
        .target sm_80
        .address_size 64
        .visible .entry Snippet(.param .b64 in, .param .b64 out, .param .b32 count)
        {
            .reg .pred %p<8>, %outside;
            .reg .b{{bits}} %x<8>, %y<8>;
            .reg .b32 %r<8>, %thread, %count;
            .reg .b64 %d<8>, %in, %out;
            mov.u32 %thread, %tid.x;
            mov.u32 %count, %ctaid.x;
            mad.lo.u32 %thread, %count, {{Threads}}, %thread;
            ld.param.b32 %count, [count];
            setp.ge.u32 %outside, %thread, %count;
            @%outside ret;
            ld.param.b64 %in, [in];
            ld.param.b64 %out, [out];
            mad.wide.u32 %in, %thread, {{8 * inputs}}, %in;
            mad.wide.u32 %out, %thread, {{8 * outputs}}, %out;
        {{Lines(inputs, i => $"ld.global.b{bits} %x{i}, [%in+{8 * i}];")}}
            {{body.ReplaceLineEndings("\n    ")}}
        {{Lines(outputs, i => $"cvt.u64.u{bits} %d7, %y{i};\n    st.global.b64 [%out+{8 * i}], %d7;")}}
            ret;
        }
        """;

    /// <summary>What the threads give for what they have.</summary>
    public ulong[][] Run(ulong[][] rows)
    {
        var memory = new PtxMemory();
        var source = memory.Allocate<ulong>("in", rows.SelectMany(row => row).ToArray());
        var destination = memory.AllocateUnwritten("out", rows.Length * outputs * sizeof(ulong));
        var launch = new PtxLaunch(
            new PtxExtent((rows.Length + Threads - 1) / Threads),
            new PtxExtent(Threads),
            BitConverter.GetBytes(source.Address),
            BitConverter.GetBytes(destination.Address),
            BitConverter.GetBytes(rows.Length));
        PtxGrid.Run(PtxModule.Parse(Text), memory, launch);
        return [.. destination.ToArray<ulong>().Chunk(outputs)];
    }

    private static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(i => "    " + line(i)));
}
