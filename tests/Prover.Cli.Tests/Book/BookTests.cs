namespace Prover.Cli.Tests;

/// <summary>What the book and the README show is so, as <see cref="BookCheck"/> says.</summary>
public sealed class BookTests
{
    public static TheoryData<string> Pages => [.. BookPage.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_page_shows_is_so(string page)
    {
        var failures = BookCheck.FailuresOf(BookPage.Read(page));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Select(failure => $"{page}, {failure}")));
    }

    [Fact]
    public void The_readme_of_the_book_names_its_pages()
    {
        var contents = BookPage.Read("docs/book/README.md");
        Assert.Equal([], BookPage.All.Where(page => page.StartsWith("docs/book/", StringComparison.Ordinal) && page != "docs/book/README.md")
            .Select(page => page["docs/book/".Length..])
            .Where(page => !contents.Contains($"]({page})", StringComparison.Ordinal)));
    }
}
