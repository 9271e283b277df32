using System.Text.Json;

namespace Prover.Cli.Tests;

/// <summary>What a command did.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>Runs the command line in this process.</summary>
    public static Outcome Of(params string[] arguments) => Of(Stream.Null, arguments);

    /// <summary>Runs the command line in this process with a standard input.</summary>
    public static Outcome Of(Stream input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(arguments, output, error, input);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as JSON; there is nothing else in it.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Fails with everything that the command printed if the code is another one.</summary>
    public Outcome Expect(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Output}\n{Error}");
        return this;
    }
}
