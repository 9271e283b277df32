using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class ProtocolTests
{
    [Fact]
    public void A_session_that_is_announced_to_end_ends_well()
    {
        using var session = new Session();

        Assert.Equal(JsonValueKind.Null, session.Request("shutdown", new { }).ValueKind);
        Assert.Equal(-32600, session.Refused("textDocument/hover", new { }).Code);
        session.Notify("exit", new { });

        Assert.True(session.Ended);
    }

    [Fact]
    public void An_exit_without_shutdown_is_none()
    {
        using var session = new Session();
        session.Notify("exit", new { });
        Assert.False(session.Ended);
    }

    [Fact]
    public void A_client_that_hangs_up_ends_the_session()
    {
        using var session = new Session();
        session.SendRaw("Content-Length: 100\r\n\r\n{");
        session.HangUp();
        Assert.False(session.Ended);
    }

    [Fact]
    public void What_comes_before_initialize_is_refused_and_a_second_one_as_well()
    {
        using var session = new Session(initialize: false);
        Assert.Equal(-32002, session.Refused("textDocument/hover", new { }).Code);
        var capabilities = session.Request("initialize", new { capabilities = new { } }).GetProperty("capabilities");
        Assert.Equal("utf-16", capabilities.GetProperty("positionEncoding").GetString());
        Assert.Equal(-32600, session.Refused("initialize", new { capabilities = new { } }).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_that_can_is_asked_to_watch_files(bool canWatch)
    {
        using var session = new Session(initialize: false);
        session.Request("initialize", new { capabilities = new { workspace = new { didChangeWatchedFiles = new { dynamicRegistration = canWatch } } } });
        session.Notify("initialized", new { });
        Assert.Empty(session.Open("a.circuit", "const A = 1\n"));

        Assert.Equal(canWatch, session.WasAsked("client/registerCapability"));
        session.Send("""{"jsonrpc": "2.0", "id": "watch", "result": null}""");
        Assert.Empty(session.Change("a.circuit", "const A = 2\n"));
    }

    [Fact]
    public void A_text_that_was_never_saved_is_served_as_well()
    {
        using var session = new Session();
        const string Uri = "untitled:Untitled-1";
        var found = Assert.Single(session.OpenUri(Uri, "const A = 1\nconst B = A + C\n"));
        Assert.Equal("R0304", found.GetProperty("code").GetString());

        var definition = session.Request("textDocument/definition", new { textDocument = new { uri = Uri }, position = new Position(1, 10) });
        Assert.Equal(Uri, definition.GetProperty("uri").GetString());
        var changes = session.Request("textDocument/rename", new { textDocument = new { uri = Uri }, position = new Position(1, 10), newName = "ONE" }).GetProperty("changes");
        Assert.Equal(2, changes.GetProperty(Uri).GetArrayLength());
    }

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("", -32700)]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\":", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("7", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": 5, \"method\": 7}", -32600)]
    [InlineData("{\"jsonrpc\": \"2.0\", \"id\": {}, \"method\": \"shutdown\"}", -32600)]
    public void What_is_no_message_is_answered_and_the_session_goes_on(string content, int code)
    {
        using var session = new Session();
        session.Send(content);

        Assert.Equal(code, Session.Error(session.Answer()).Code);
        Assert.Empty(session.Open("good.circuit", "const A = 1\n"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("Content-Length: many\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("content-type: text/plain\r\n\r\n")]
    public void A_header_without_a_length_is_answered_and_the_session_goes_on(string header)
    {
        using var session = new Session();
        session.SendRaw(header);

        Assert.Equal(-32700, Session.Error(session.Answer()).Code);
        Assert.Empty(session.Open("good.circuit", "const A = 1\n"));
    }

    [Fact]
    public void Unknown_methods_and_wrong_parameters_are_refused()
    {
        using var session = new Session();

        Assert.Equal(-32601, session.Refused("textDocument/frobnicate", new { }).Code);
        Assert.Equal(-32602, session.Refused("textDocument/hover", new { textDocument = new { uri = session.UriOf("a.circuit") } }).Code);
        Assert.Equal(-32602, session.Refused("textDocument/hover", new[] { 1 }).Code);
        Assert.Equal(-32602, session.Refused("textDocument/formatting", new { textDocument = new { uri = session.UriOf("not-open.circuit") } }).Code);
        session.Notify("textDocument/frobnicated", new { });
        session.Notify("textDocument/didChange", new { });
        session.Notify("$/cancelRequest", new { id = 1 });
        Assert.Empty(session.Open("a.circuit", "const A = 1\n"));
    }

    [Fact]
    public void Ids_may_be_texts_and_other_headers_are_skipped()
    {
        using var session = new Session();
        const string Content = """{"jsonrpc": "2.0", "id": "é1", "method": "shutdown"}""";
        session.SendRaw($"content-type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {Content.Length + 1}\r\n\r\n{Content}");
        session.Send("{");
        session.Answer();
        session.Notify("exit", new { });
        Assert.True(session.Ended);
    }
}
