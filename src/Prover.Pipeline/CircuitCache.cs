using System.Security.Cryptography;
using System.Text;
using Prover.Compiler;
using Prover.Constraints;
using Prover.Formats;
using Prover.Language;
using Prover.Primitives;
using Prover.Witness;

namespace Prover.Pipeline;

/// <summary>A rule does not compile.</summary>
public sealed class CompilationException : Exception
{
    public CompilationException()
    {
        Diagnostics = [];
    }

    public CompilationException(string message)
        : base(message)
    {
        Diagnostics = [];
    }

    public CompilationException(string message, Exception innerException)
        : base(message, innerException)
    {
        Diagnostics = [];
    }

    /// <summary>Carries what the compiler found.</summary>
    public CompilationException(IReadOnlyList<Diagnostic> diagnostics)
        : base(DiagnosticRenderer.Render(diagnostics))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>What the compiler found.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}

/// <summary>Compiles rules, or finds them already compiled from the same sources by the same compiler.</summary>
public sealed class CircuitCache(CacheFolder folder)
{
    /// <summary>A rule of a file, compiled.</summary>
    /// <param name="path">The .circuit file.</param>
    /// <param name="rule">The rule instance.</param>
    /// <param name="isCached">Whether it had been compiled before.</param>
    /// <exception cref="CompilationException">The program has errors.</exception>
    public CompiledCircuit Get(string path, string rule, out bool isCached)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        var name = Path.Combine("circuits", KeyOf(program, rule) + ".compiled");
        isCached = TryRead(folder.PathOf(name), out var circuit);
        if (isCached)
        {
            return circuit!;
        }

        var compilation = CircuitCompiler.Compile(program, rule, diagnostics);
        circuit = compilation.Circuit ?? throw new CompilationException(compilation.Diagnostics);
        folder.Write(name, partial => CircuitArtefact.Write(partial, circuit));
        return circuit;
    }

    /// <summary>An entry that is damaged or of another version is made again.</summary>
    private static bool TryRead(string path, out CompiledCircuit? circuit)
    {
        circuit = null;
        try
        {
            if (File.Exists(path))
            {
                circuit = CircuitArtefact.Read(path);
            }
        }
        catch (Exception error) when (error is MalformedFileException or MismatchException)
        {
            File.Delete(path);
        }

        return circuit is not null;
    }

    /// <summary>SHA-256 over the compiler's build, the rule and every source text.</summary>
    private static string KeyOf(CircuitProgram program, string rule)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { typeof(CircuitCompiler), typeof(CircuitProgram), typeof(CompiledCircuit), typeof(R1cs), typeof(PoseidonConstants), typeof(Fr) })
        {
            hash.AppendData(part.Module.ModuleVersionId.ToByteArray());
        }

        foreach (var text in program.Files.Select(file => file.Source.Text).Prepend(rule))
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
