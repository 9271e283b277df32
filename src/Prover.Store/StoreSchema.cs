namespace Prover.Store;

/// <summary>The tables of a state file.</summary>
/// <remarks>
/// Records are kept as batch files write them, so that a new field or kind of transaction needs no other tables. Field elements are decimal.
/// Inner nodes of the trees are not kept: they follow from the accounts.
/// </remarks>
internal static class StoreSchema
{
    /// <summary>"MRGS" in the header of the file.</summary>
    public const long ApplicationId = 0x4D524753;

    /// <summary>What this program reads and writes.</summary>
    public const long Version = 1;

    /// <summary>Makes the tables in a new file.</summary>
    public static readonly string Create = $"""
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};

        -- Shapes of batches; all have the tree sizes of the first.
        CREATE TABLE shapes (id INTEGER PRIMARY KEY, shape TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE deployment (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          shape INTEGER NOT NULL REFERENCES shapes,
          configuration TEXT NOT NULL
        ) STRICT;

        -- What the last batch left.
        CREATE TABLE head (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          number INTEGER NOT NULL,
          time INTEGER NOT NULL,
          root TEXT NOT NULL,
          markets TEXT NOT NULL,
          house TEXT NOT NULL
        ) STRICT;
        CREATE TABLE accounts (number INTEGER PRIMARY KEY, account TEXT NOT NULL) STRICT;

        -- Every batch since the first snapshot.
        CREATE TABLE batches (
          number INTEGER PRIMARY KEY,
          time INTEGER NOT NULL,
          shape INTEGER NOT NULL REFERENCES shapes,
          body TEXT NOT NULL,
          old_root TEXT NOT NULL,
          new_root TEXT NOT NULL,
          digest TEXT NOT NULL
        ) STRICT;

        -- Whole states, as JSON in gzip, with the number of the batch that left them.
        CREATE TABLE snapshots (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, root TEXT NOT NULL, state BLOB NOT NULL) STRICT;
        """;
}
