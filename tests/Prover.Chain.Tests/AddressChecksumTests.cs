namespace Prover.Chain.Tests;

public class AddressChecksumTests
{
    /// <summary>The test cases of ERC-55, and one of them without its checksum.</summary>
    [Theory]
    [InlineData("52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("de709f2102306220921060314715629080e2fb77")]
    [InlineData("27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED")]
    public void Accepts(string digits) => Assert.True(AddressChecksum.IsRightOrAbsent(digits));

    [Fact]
    public void No_other_case_of_a_letter_is_right()
    {
        const string Digits = "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        foreach (var (i, digit) in Digits.Index().Where(item => char.IsAsciiLetter(item.Item)))
        {
            Assert.False(AddressChecksum.IsRightOrAbsent($"{Digits[..i]}{(char)(digit ^ 0x20)}{Digits[(i + 1)..]}"));
        }
    }

    [Fact]
    public void No_other_digit_has_this_checksum()
    {
        const string Digits = "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        foreach (var (i, digit) in Digits.Index().Where(item => char.IsAsciiDigit(item.Item)))
        {
            Assert.False(AddressChecksum.IsRightOrAbsent($"{Digits[..i]}{(char)('0' + ((digit - '0' + 1) % 10))}{Digits[(i + 1)..]}"));
        }
    }
}
