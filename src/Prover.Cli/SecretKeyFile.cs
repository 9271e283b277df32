using System.Security.Cryptography;
using Prover.Formats;
using Prover.Primitives;

namespace Prover.Cli;

/// <summary>Secret keys of sequencers and of accounts' owners: 32 bytes in hexadecimal digits.</summary>
internal static class SecretKeyFile
{
    private const int SecretBytes = 32;

    /// <summary>Makes a new key that only its owner may read.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static void Make(string path)
    {
        Arguments.RequireOutputs([], path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="MalformedFileException">It is none.</exception>
    public static EddsaPrivateKey Read(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * SecretBytes && text.All(char.IsAsciiHexDigit)
            ? new(Convert.FromHexString(text))
            : throw new MalformedFileException(path, "whole file", null, $"no secret key: {2 * SecretBytes} hexadecimal digits are expected, got {text.Length:N0} characters.");
    }
}
