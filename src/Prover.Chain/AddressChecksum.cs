using System.Text;

namespace Prover.Chain;

/// <summary>The checksum of an Ethereum address, which stands in the case of its letters: ERC-55.</summary>
public static class AddressChecksum
{
    /// <summary>Whether an address has the right checksum, or none, its letters being all small or all capital.</summary>
    /// <param name="digits">40 hexadecimal digits, without 0x.</param>
    public static bool IsRightOrAbsent(string digits) =>
        !digits.Any(char.IsAsciiLetterUpper) || !digits.Any(char.IsAsciiLetterLower) || digits == Of(digits);

    /// <summary>The digits with those letters capital in whose places the hash of the small ones has a digit from 8.</summary>
    private static string Of(string digits)
    {
        var small = digits.ToLowerInvariant();
        var hash = Convert.ToHexString(Keccak.Hash(Encoding.ASCII.GetBytes(small)));

        // As characters, the digits 8, 9 and A to F are those that are not below '8'.
        return string.Concat(small.Zip(hash, (digit, place) => place >= '8' ? char.ToUpperInvariant(digit) : digit));
    }
}
