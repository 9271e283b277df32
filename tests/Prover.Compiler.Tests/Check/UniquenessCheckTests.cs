using Prover.Language;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>What the compiler hands out is proved to leave no wire open. No program can break that, so these take rows from a gadget.</summary>
public class UniquenessCheckTests
{
    private const int RowsOfIsZero = 3;

    [Fact]
    public void A_gadget_with_all_its_rows_compiles() => Assert.Empty(Compile(rowTaken: -1).Diagnostics);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_gadget_that_lacks_a_row_does_not_compile(int row)
    {
        var compilation = Compile(row);
        Assert.Null(compilation.Circuit);
        var diagnostic = Assert.Single(compilation.Diagnostics);
        Assert.Equal(UniquenessCheck.Code, diagnostic.Code);
        Assert.StartsWith("the inputs of equal are not proved to determine ", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("from rule.circuit:2:3", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("rule.circuit:1:6", diagnostic.Primary.Span.ToString());
    }

    /// <summary>A wire that no row mentions at all.</summary>
    [Fact]
    public void A_gadget_without_rows_does_not_compile()
    {
        var builder = new CircuitBuilder();
        var product = builder.Multiply(builder.Input("x", false, null), builder.Input("y", false, null));
        builder.RequireEqual(builder.Multiply(product, product), builder.Input("z", true, null), new("another", [], default, "r"));
        builder.Graph.Operations.First(operation => operation.Code == TapeOperation.Product).Rows = [];
        Assert.Equal(UniquenessCheck.Code, Assert.Single(CircuitCompiler.Finish(builder, "r", default).Diagnostics).Code);
    }

    private static Compilation Compile(int rowTaken)
    {
        var file = new SourceFile("rule.circuit", "rule equal(private x: field, private y: field) {\n  require x == y or x == 1, \"m\"\n}\n");
        var builder = new CircuitBuilder();
        using (builder.At(new(file, file.Text.IndexOf("require", StringComparison.Ordinal), 7)))
        {
            var (x, y) = (builder.Input("x", false, null), builder.Input("y", false, null));
            var either = builder.Or(builder.Equal(x, y), builder.Equal(x, builder.Constant(Fr.One)));
            builder.Require(either, builder.True, new("m", [], default, "equal"));
        }

        if (rowTaken >= 0)
        {
            var gadget = builder.Graph.Operations.First(operation => operation.Code == TapeOperation.IsZero);
            Assert.Equal(RowsOfIsZero, gadget.Rows.Length);
            gadget.Rows = [.. gadget.Rows[..rowTaken], .. gadget.Rows[(rowTaken + 1)..]];
        }

        return CircuitCompiler.Finish(builder, "equal", new(file, "rule ".Length, "equal".Length));
    }
}
