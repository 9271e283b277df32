namespace Prover.Language.Tests;

public sealed class CorpusTests
{
    public static TheoryData<string> Shown => [.. Corpus.Shown.Select(file => file.Path)];

    public static TheoryData<string> All => [.. Corpus.All.Select(file => file.Path)];

    [Theory]
    [MemberData(nameof(Shown))]
    public void What_people_read_is_in_the_shared_style(string path)
    {
        var source = Corpus.Find(path);
        Assert.Equal(source.Text, Layout.Of(source));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_program_keeps_its_meaning_and_its_layout_once_formatted(string path) => Layout.Of(Corpus.Find(path));

    [Fact]
    public void There_are_programs_of_all_kinds()
    {
        Assert.Contains(Corpus.Shown, file => file.Path.StartsWith("circuits/", StringComparison.Ordinal));
        Assert.Contains(Corpus.Shown, file => file.Path.StartsWith("reference.md#", StringComparison.Ordinal));
        Assert.True(Corpus.All.Count > 100);
    }
}
