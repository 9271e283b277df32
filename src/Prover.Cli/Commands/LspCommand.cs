using System.CommandLine;
using Prover.LanguageServer;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>lsp</c>.</summary>
internal static class LspCommand
{
    public static Command Create(Terminal terminal, Func<Stream> input)
    {
        var command = new Command(
            "lsp",
            """
            Serve an editor: the language server protocol over standard input and output.

            Editors start this by themselves: Visual Studio Code with the extension in editors/vscode, Neovim with
            vim.lsp.start({ cmd = { "prover", "lsp" }, root_dir = vim.fn.getcwd() }).
            Documents that are open count as they stand in the editor, saved or not, also where others import them. The server ends when the editor
            says 'exit'; with exit code 1 if that was not announced by 'shutdown', or the input just ends.
            Example: prover lsp
            """);
        command.SetAction(_ =>
        {
            using var server = new Server(input(), terminal.Output, CacheFolder.Default.PathOf("library"));
            return server.Run() ? ExitCode.Success : ExitCode.NegativeVerdict;
        });
        return command;
    }
}
