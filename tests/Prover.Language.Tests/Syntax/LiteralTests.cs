using System.Numerics;

namespace Prover.Language.Tests;

public class LiteralTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("13_000", "13000")]
    [InlineData("1_2_3", "123")]
    [InlineData("0x0", "0")]
    [InlineData("0xff", "255")]
    [InlineData("0xFf", "255")]
    [InlineData("0x80", "128")]
    [InlineData("0xffff_ffff_ffff_ffff", "18446744073709551615")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("0.05", "5e-2")]
    [InlineData("20999.999999", "20999999999e-6")]
    [InlineData("1_000.50", "100050e-2")]
    [InlineData("0.0", "0e-1")]
    public void Numbers_are_exact(string literal, string shape) => Assert.Equal(shape, Shape.Of(literal));

    [Fact]
    public void Every_integer_reads_as_itself() => Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
    {
        var value = ((BigInteger)high << 64) + low;
        return Shape.Of($"{value}") == $"{value}" && Shape.Of($"0x{value:x}") == $"{value}";
    });

    [Theory]
    [InlineData("0x", "R0106 1:11 '0x' has no digits")]
    [InlineData("0x_", "R0106 1:11 '0x_' has no digits")]
    [InlineData("12abc", "R0106 1:13 'a' right behind a number")]
    [InlineData("0xfg", "R0106 1:14 'g' right behind a number")]
    [InlineData("1.5x", "R0106 1:14 'x' right behind a number")]
    public void Numbers_that_end_in_something_else_are_refused(string literal, string expected) =>
        Assert.Equal(expected, Syntax.Refuse($"const X = {literal}\n")[0]);

    [Fact]
    public void The_longest_number_has_a_hundred_digits()
    {
        var digits = new string('7', 100);
        Assert.Equal(digits, Shape.Of(digits));
        Assert.Equal(["R0106 1:11 a number of 101 digits; at most 100 are read"], Syntax.Refuse($"const X = {digits}7\n"));
        Assert.Equal(["R0106 1:11 a number of 101 digits; at most 100 are read"], Syntax.Refuse($"const X = 0x{digits}7\n"));
        Assert.Equal(["R0106 1:11 a number of 101 digits; at most 100 are read"], Syntax.Refuse($"const X = 0.{digits}\n"));
        Assert.Equal(digits + "e-99", Shape.Of($"7.{digits[1..]}"));
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("trueish", "trueish")]
    [InlineData("_x9", "_x9")]
    public void Keywords_are_whole_words(string text, string shape) => Assert.Equal(shape, Shape.Of(text));

    [Theory]
    [InlineData("import")]
    [InlineData("let")]
    [InlineData("require")]
    [InlineData("fold")]
    [InlineData("passes")]
    public void Keywords_are_no_names(string keyword)
    {
        Assert.Equal([$"R0103 1:7 expected the constant's name, found '{keyword}'"], Syntax.Refuse($"const {keyword} = 1\n"));
        Assert.Equal(keyword + "s", Syntax.Accept<ConstDeclaration>($"const {keyword}s = 1\n").Name);
    }

    [Theory]
    [InlineData("const X = 1 § 2\n", "R0101 1:13 unknown character '§'")]
    [InlineData("const X = 1 / 2\n", "R0101 1:13 there is no '/' for values; div(a, b, to s, mode) divides")]
    [InlineData("const X = a && b\n", "R0101 1:13 unknown characters '&&'; write 'and'")]
    [InlineData("const X = a || b\n", "R0101 1:13 unknown characters '||'; write 'or'")]
    [InlineData("const X = !a\n", "R0101 1:11 unknown character '!'; write 'not'")]
    [InlineData("const X = \u00001\n", "R0101 1:11 unknown character U+0000")]
    [InlineData("\uFFFDconst X = 1\n", "R0101 1:1 unknown character U+FFFD")]
    [InlineData("import \"abc\n", "R0102 1:8 text without a closing quote")]
    public void Unknown_characters_are_named(string text, string expected) => Assert.Equal(expected, Syntax.Refuse(text)[0]);

    [Fact]
    public void Unlike_operators_that_look_alike_are_known()
    {
        Assert.Equal("(!= a b)", Shape.Of("a != b"));
        Assert.Equal("(and a b)", Shape.Of("a and b"));
        Assert.Equal("a", Shape.Of("a // && /"));
    }
}
