using System.Text.RegularExpressions;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>Tells names from other texts.</summary>
internal static partial class NewName
{
    /// <summary>Refuses what a program cannot declare.</summary>
    /// <exception cref="RpcException">It is no name, or means something already wherever it stands.</exception>
    public static void Require(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw Rename.Refuse($"'{name}' is no name: letters, digits and _, and no digit first");
        }

        if (Lexer.Keywords.Contains(name))
        {
            throw Rename.Refuse($"'{name}' is a keyword");
        }

        if (BuiltIns.Names.Contains(name))
        {
            throw Rename.Refuse($"'{name}' is part of the language");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
