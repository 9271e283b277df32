namespace Prover.LanguageServer;

/// <summary>Turns the names that clients give documents into paths and back.</summary>
internal static class DocumentUri
{
    private const string File = "file://";

    /// <summary>The full path of a file's URI, whatever of it is escaped. What is no file, as a text that was never saved, keeps its URI as its path.</summary>
    public static string ToPath(string uri)
    {
        if (!uri.StartsWith(File, StringComparison.OrdinalIgnoreCase))
        {
            return uri;
        }

        var rest = uri[File.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(slash < 0 ? "/" : rest[slash..]);

        // "/c:/x" is a path of Windows behind its root.
        return Path.GetFullPath(path.Length > 2 && path[2] == ':' && OperatingSystem.IsWindows() ? path[1..] : path);
    }

    /// <summary>The URI of a full path.</summary>
    public static string FromPath(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            return path;
        }

        var parts = path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString);
        return File + (path[0] == '/' ? "" : "/") + string.Join('/', parts);
    }
}
