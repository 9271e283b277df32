using Prover.Audit.Tests;
using Prover.Constraints;
using Prover.Formats;
using Prover.Testing;

[assembly: AssemblyFixture(typeof(CircomLibrary))]

namespace Prover.Audit.Tests;

/// <summary>circomlib beside circuits that are compiled by circom.</summary>
public sealed class CircomLibrary : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-circom").FullName;
    private int _count;

    public CircomLibrary()
    {
        // circom2 runs in a sandbox that sees its working directory only.
        var library = Path.Combine(NodeTools.Modules, "circomlib", "circuits");
        foreach (var file in Directory.GetFiles(library, "*.circom", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(library, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Compiles a template of circomlib with all its inputs public, since circom's --O2 removes private ones where it can.</summary>
    internal R1cs Compile(string file, string template, string inputs, int level) =>
        Compile($"pragma circom 2.0.0;\ninclude \"{file}.circom\";\ncomponent main {{public [{inputs}]}} = {template};", level);

    /// <summary>Compiles a circuit with --O1 or --O2.</summary>
    internal R1cs Compile(string text, int level)
    {
        var name = $"audited_{Interlocked.Increment(ref _count)}";
        File.WriteAllText(Path.Combine(_folder, name + ".circom"), text);
        NodeTools.Run("circom2", _folder, name + ".circom", "--r1cs", $"--O{level}").EnsureSuccess();
        return R1csFile.Read(Path.Combine(_folder, name + ".r1cs"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
