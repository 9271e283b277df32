using System.Text;

namespace Prover.Cli.Tests;

public sealed class LspCommandTests
{
    private const string Initialize = """{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}""";
    private const string Shutdown = """{"jsonrpc": "2.0", "id": 2, "method": "shutdown"}""";
    private const string Exit = """{"jsonrpc": "2.0", "method": "exit"}""";

    [Theory]
    [InlineData(ExitCode.Success, Initialize, Shutdown, Exit)]
    [InlineData(ExitCode.NegativeVerdict, Initialize, Exit)]
    [InlineData(ExitCode.NegativeVerdict, Initialize, Shutdown)]
    [InlineData(ExitCode.NegativeVerdict)]
    public void The_exit_code_says_whether_the_session_ended_as_it_should(int code, params string[] messages)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(messages.Select(message => $"Content-Length: {message.Length}\r\n\r\n{message}"))));

        var outcome = Outcome.Of(input, "lsp").Expect(code);

        Assert.Empty(outcome.Error);
        Assert.Equal(messages.Count(message => message.Contains("\"id\"", StringComparison.Ordinal)), outcome.Output.Split("Content-Length: ").Length - 1);
    }

    [Fact]
    public void It_takes_no_arguments() => Outcome.Of("lsp", "file.circuit").Expect(ExitCode.Usage);
}
