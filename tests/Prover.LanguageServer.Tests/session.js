// Drives 'prover lsp' as an editor does: node -e SCRIPT PROGRAM FOLDER. Prints what it was told as JSON.
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require("vscode-languageserver-protocol/node");

const [program, folder] = process.argv.slice(-2);
const server = spawn(program, ["lsp"], { cwd: folder, env: { ...process.env, PROVER_CACHE: path.join(folder, "cache") } });
const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
const told = { standardError: "" };
const waiting = [];
const published = new Map();

server.stderr.on("data", (data) => { told.standardError += data; });
const exited = new Promise((resolve) => { server.on("exit", resolve); });

connection.onNotification("textDocument/publishDiagnostics", (message) => {
  published.set(`${message.uri}@${message.version}`, message.diagnostics);
  waiting.splice(0).forEach((resolve) => resolve());
});
connection.onNotification("window/logMessage", (message) => { told.standardError += message.message; });
connection.listen();

const uriOf = (name) => pathToFileURL(path.join(folder, name)).href;

async function diagnosticsOf(name, version) {
  const key = `${uriOf(name)}@${version}`;
  while (!published.has(key)) {
    await new Promise((resolve) => { waiting.push(resolve); });
  }

  return published.get(key);
}

function open(name, text) {
  connection.sendNotification("textDocument/didOpen", { textDocument: { uri: uriOf(name), languageId: "circuit", version: 1, text } });
}

const good = "// Twice as much.\nfn twice(x: int[0 .. 9]) = 2 * x\n\nrule r(public é: int[0 .. 9]) {\n  require twice(é) <= 8, \"much\"\n}\n".replaceAll("é", "e");

async function main() {
  told.capabilities = (await connection.sendRequest("initialize", {
    processId: process.pid, rootUri: pathToFileURL(folder).href, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "work" }], capabilities: {},
  })).capabilities;
  connection.sendNotification("initialized", {});

  open("a b.circuit", good.replace("twice(e)", "twcie(e)"));
  told.codesWithMistake = (await diagnosticsOf("a b.circuit", 1)).map((one) => one.code);
  connection.sendNotification("textDocument/didChange", {
    textDocument: { uri: uriOf("a b.circuit"), version: 2 },
    contentChanges: [{ range: { start: { line: 4, character: 10 }, end: { line: 4, character: 15 } }, text: "twice" }],
  });
  told.codesWithout = (await diagnosticsOf("a b.circuit", 2)).map((one) => one.code);

  told.hover = (await connection.sendRequest("textDocument/hover", { textDocument: { uri: uriOf("a b.circuit") }, position: { line: 4, character: 12 } })).contents.value;

  const main = uriOf("main.circuit");
  open("main.circuit", 'import "a b.circuit"\n\nfn four(x: int[0 .. 9]) = twice(twice(x))\n');
  const ask = (method, line, character, more) => connection.sendRequest(method, { textDocument: { uri: main }, position: { line, character }, ...more });
  await diagnosticsOf("main.circuit", 1);
  told.definition = await ask("textDocument/definition", 2, 28);
  told.expectedDefinition = { uri: uriOf("a b.circuit"), range: { start: { line: 1, character: 3 }, end: { line: 1, character: 8 } } };
  told.references = (await ask("textDocument/references", 2, 28, { context: { includeDeclaration: true } })).length;
  told.symbols = (await connection.sendRequest("textDocument/documentSymbol", { textDocument: { uri: main } })).map((symbol) => symbol.name);
  told.completions = (await ask("textDocument/completion", 2, 30)).map((item) => item.label);
  told.placeholder = (await ask("textDocument/prepareRename", 2, 28)).placeholder;
  told.renamed = Object.values((await ask("textDocument/rename", 2, 28, { newName: "double" })).changes).map((edits) => edits.length).sort();
  told.refused = await ask("textDocument/rename", 2, 28, { newName: "fn" }).catch((error) => error.message);
  told.unknown = await connection.sendRequest("textDocument/frobnicate", {}).catch((error) => error.code);

  open("untidy.circuit", "const   A = 1\n");
  const [edit] = await connection.sendRequest("textDocument/formatting", { textDocument: { uri: uriOf("untidy.circuit") }, options: { tabSize: 2, insertSpaces: true } });
  told.formatted = edit.newText;

  await connection.sendRequest("shutdown");
  connection.sendNotification("exit");
  told.exitCode = await exited;
  console.log(JSON.stringify(told));
}

main().catch((error) => {
  console.error(error, told);
  server.kill();
  process.exit(1);
});
