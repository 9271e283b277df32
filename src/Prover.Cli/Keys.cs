using Prover.Formats;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>Loads proving keys for commands that prove.</summary>
internal static class Keys
{
    /// <summary>Keys' prepared tables: beside them, or in the cache folder.</summary>
    public static KeyTables Tables(Terminal terminal) => new(CacheFolder.Default.PathOf("tables"), terminal.Note);

    /// <summary>Loads a key by its tables, unless they are not wanted.</summary>
    public static LoadedKey Load(string path, bool withTables, Terminal terminal) => withTables ? Tables(terminal).Load(path) : LoadedKey.Read(path);
}
