using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>What a text brings out of the compiler, run as a user's machine would at its smallest.</summary>
internal sealed record Verdict(IReadOnlyList<Diagnostic> Diagnostics, string Rendered, TimeSpan Time, long AllocatedBytes)
{
    /// <summary>The smallest stack that a thread of a supported system has.</summary>
    private const int StackBytes = 1 << 20;

    /// <summary>Parses, checks and renders. An exception of the compiler is thrown on; a stack overflow ends the process.</summary>
    public static Verdict Of(string text)
    {
        Verdict? verdict = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    verdict = Compile(text);
                }
#pragma warning disable CA1031 // Carried to the test's thread, whatever it is.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return verdict!;
    }

    /// <summary>Fails unless every diagnostic says something about a place of the text.</summary>
    public void AssertPlaced(string text) => Assert.All(Diagnostics, diagnostic => Assert.All([diagnostic.Primary, .. diagnostic.Secondary], label =>
    {
        Assert.Same(text, label.Span.File.Text);
        Assert.InRange(label.Span.Start, 0, text.Length);
        Assert.InRange(label.Span.Start + label.Span.Length, 0, text.Length + 1);
        Assert.NotEmpty(diagnostic.Message);
    }));

    private static Verdict Compile(string text)
    {
        var (watch, allocated) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("hostile.circuit", text), diagnostics);
        if (diagnostics.Count == 0)
        {
            diagnostics.AddRange(CircuitCompiler.Check(program));
        }

        return new(diagnostics, DiagnosticRenderer.Render(diagnostics), watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }
}
