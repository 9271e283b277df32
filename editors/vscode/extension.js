// Starts the language server, 'prover lsp', and formats with 'prover fmt' where the server does not.
"use strict";

const { execFile } = require("node:child_process");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const documents = { language: "circuit" };
let client;

async function activate(context) {
  client = new LanguageClient(
    "prover", "Prover circuits", { command: program(), args: ["lsp"] }, { documentSelector: [documents] });
  let served = false;
  try {
    await client.start();
    served = Boolean(client.initializeResult?.capabilities.documentFormattingProvider);
  } catch (error) {
    vscode.window.showErrorMessage(`'${program()} lsp' does not start: ${error.message}. The setting prover.path names the program.`);
  }

  if (!served) {
    context.subscriptions.push(vscode.languages.registerDocumentFormattingEditProvider(documents, { provideDocumentFormattingEdits: format }));
  }
}

function deactivate() {
  return client?.isRunning() ? client.stop() : undefined;
}

function program() {
  return vscode.workspace.getConfiguration("prover").get("path");
}

// A text that does not parse stays as it is: the diagnostics say why.
async function format(document, _options, cancellation) {
  const text = document.getText();
  const formatted = await run(["fmt", "--stdin"], text, cancellation);
  if (formatted === undefined || formatted === text) {
    return [];
  }

  const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  return [vscode.TextEdit.replace(all, formatted)];
}

// Standard output, or nothing if the program fails.
function run(args, input, cancellation) {
  return new Promise((resolve) => {
    const child = execFile(program(), args, { maxBuffer: 16 << 20 }, (error, output) => resolve(error ? undefined : output));
    cancellation.onCancellationRequested(() => child.kill());
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

module.exports = { activate, deactivate };
