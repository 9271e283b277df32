namespace Prover.Language.Tests;

public class SourceFileTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 3, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(99, 3, 3)]
    public void Locates_offsets(int offset, int line, int column) => Assert.Equal((line, column), new SourceFile("f", "ab\n\ncd").Locate(offset));

    [Fact]
    public void Spans_print_as_compilers_do()
    {
        Assert.Equal("dir/f.circuit:3:2", new SourceSpan(new("dir/f.circuit", "ab\n\ncd"), 5, 1).ToString());
        Assert.Equal("(no source)", default(SourceSpan).ToString());
    }
}
