namespace Prover.Cli.Tests;

public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("a", "a")]
    public void Equal_texts_have_none(string before, string after) => Assert.Equal("", LineDifference.Show("f", before, after));

    [Theory]
    [InlineData("", "a\n", "@@ -1,0 +1,1 @@\n+a\n")]
    [InlineData("a\n", "", "@@ -1,1 +1,0 @@\n-a\n")]
    [InlineData("a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ no newline at the end of the file\n+a\n")]
    [InlineData("a\n\nb\n", "c\nd\n\nb\n", "@@ -1,3 +1,4 @@\n-a\n+c\n+d\n \n b\n")]
    [InlineData("a\r\n", "a\n", "@@ -1,1 +1,1 @@\n-a\u240d\n+a\n")]
    [InlineData("1\n2\n3\n4\nx\n5\n6\n7\n8\n", "1\n2\n3\n4\ny\nz\n5\n6\n7\n8\n", "@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-x\n+y\n+z\n 5\n 6\n 7\n")]
    public void Changes_are_shown_with_what_is_around_them(string before, string after, string expected) =>
        Assert.Equal("--- f\n+++ f (formatted)\n" + expected, LineDifference.Show("f", before, after));

    [Fact]
    public void Changes_far_apart_are_shown_apart()
    {
        var before = string.Concat(Enumerable.Range(0, 20).Select(i => $"{i}\n"));
        var after = before.Replace("\n2\n", "\ntwo\n2\n", StringComparison.Ordinal).Replace("\n15\n", "\n", StringComparison.Ordinal);

        Assert.Equal(
            "--- f\n+++ f (formatted)\n@@ -1,5 +1,6 @@\n 0\n 1\n+two\n 2\n 3\n 4\n@@ -13,7 +14,6 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n",
            LineDifference.Show("f", before, after));
    }

    /// <summary>Whoever takes the lines of one side gets that side's text back.</summary>
    [Fact]
    public void Nothing_is_lost()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var before = RandomText(random);
            var after = RandomText(random) + "end\n";
            var lines = LineDifference.Show("f", before, after).Split('\n')[2..].Where(line => line.Length > 0 && line[0] != '@').ToList();

            // The texts are so short that every line is near a change.
            Assert.True(Side(lines, '-') == before, $"seed {seed}");
            Assert.True(Side(lines, '+') == after, $"seed {seed}");
        }
    }

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => $"{random.Next(3)}\n"));

    private static string Side(IEnumerable<string> lines, char mark) => string.Concat(lines.Where(line => line[0] == mark || line[0] == ' ').Select(line => line[1..] + "\n"));
}
