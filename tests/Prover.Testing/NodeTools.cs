using System.Diagnostics;

namespace Prover.Testing;

/// <summary>What a program printed and returned.</summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Returns itself if the program succeeded and fails the test otherwise.</summary>
    public ToolResult EnsureSuccess()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Runs the npm packages of <c>tests/npm</c>, which the build of this project installs.</summary>
public static class NodeTools
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The folder of installed packages, for <c>require</c> and for circom's include path.</summary>
    public static string Modules { get; } = Repository.PathOf("tests", "npm", "node_modules");

    /// <summary>The path of an installed command, such as "snarkjs", "circom2" or "anvil".</summary>
    public static string PathOf(string command) => Path.Combine(Modules, ".bin", command);

    /// <summary>Runs an installed command to its end.</summary>
    public static ToolResult Run(string command, string workingDirectory, params string[] arguments) =>
        Execute(PathOf(command), workingDirectory, arguments);

    /// <summary>Runs a JavaScript text with node; it can <c>require</c> the installed packages.</summary>
    public static ToolResult RunScript(string script, params string[] arguments) =>
        Execute("node", Repository.PathOf("tests", "npm"), ["-e", script, .. arguments]);

    private static ToolResult Execute(string program, string workingDirectory, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
