using System.Data;
using System.Globalization;
using Prover.Language;

namespace Prover.Cli.Tests;

/// <summary>The rows that the book's tables name are those that the compiler makes, for several widths and lengths.</summary>
public sealed class CostTests
{
    private static readonly (int W, int N)[] Sizes = [(16, 4), (64, 5), (40, 7)];

    private static readonly string BuiltInsPage = BookPage.Read("docs/book/builtins.md");
    private static readonly string LibraryPage = BookPage.Read("docs/book/library.md");

    public static TheoryData<string, string> Expressions => [.. Read(BuiltInsPage, "expression")];

    public static TheoryData<string, string> Types => [.. Read(BuiltInsPage, "type")];

    public static TheoryData<string, string, string> Functions =>
        [.. PageTable.Rows(LibraryPage, "call", "rows", "file").SelectMany(row => PageTable.Code(row[0]).Select(call => (call, row[1], PageTable.Code(row[2]).Single())))];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_costs_what_the_table_says(string expression, string rows)
    {
        var cost = new RowCost(Inputs(BuiltInsPage));
        Assert.All(Sizes, size => Assert.Equal(Evaluate(rows, size.W, size.N), cost.Of(expression, size.W, size.N)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_input_costs_what_the_table_says(string type, string rows)
    {
        var cost = new RowCost(new Dictionary<string, string>());
        Assert.All(Sizes, size => Assert.Equal(Evaluate(rows, size.W, size.N), cost.OfInput(type, size.W, size.N)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_of_the_library_costs_what_the_table_says(string call, string rows, string file)
    {
        var cost = new RowCost(Inputs(LibraryPage), file);
        Assert.All(Sizes, size => Assert.Equal(Evaluate(rows, size.W, size.N), cost.Of(call, size.W, size.N)));
    }

    /// <summary>But for the tables of numbers that the hash is made from.</summary>
    [Fact]
    public void Every_built_in_is_in_the_table()
    {
        var shown = Expressions.Select(row => row.Data.Item1).ToList();
        Assert.Equal([], BuiltIns.Names.Where(name => !name.StartsWith("poseidon_", StringComparison.Ordinal) && name != "bool")
            .Where(name => !shown.Exists(expression => expression.Contains(name + "(", StringComparison.Ordinal) || expression.Contains(name + "<", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_file_of_the_library_is_in_the_table() =>
        Assert.Equal(StandardLibrary.Paths, Functions.Select(row => row.Data.Item3).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<(string, string)> Read(string page, string column) =>
        PageTable.Rows(page, column, "rows").SelectMany(row => PageTable.Code(row[0]).Select(shown => (shown, row[1])));

    private static Dictionary<string, string> Inputs(string page) => PageTable.Rows(page, "input", "type")
        .SelectMany(row => PageTable.Code(row[0]).Select(name => (Name: name, Type: PageTable.Code(row[1]).Single())))
        .ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);

    /// <summary>A number of rows such as "(n - 1)·(w + 2)".</summary>
    private static int Evaluate(string formula, int w, int n)
    {
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        var terms = formula.Replace("·", "*", StringComparison.Ordinal)
            .Replace("w", w.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("n", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return Convert.ToInt32(table.Compute(terms, null), CultureInfo.InvariantCulture);
    }
}
