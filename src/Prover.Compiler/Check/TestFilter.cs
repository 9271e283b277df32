using System.IO.Enumeration;

namespace Prover.Compiler;

/// <summary>
/// Which tests are wanted: those whose title or rule instance contains a text, or, if the text has a <c>*</c> or a <c>?</c>, is as this
/// pattern says from its first to its last letter. Upper and lower case are the same.
/// </summary>
/// <param name="text">The text or pattern.</param>
public sealed class TestFilter(string text)
{
    private readonly bool _isPattern = text.AsSpan().ContainsAny('*', '?');

    /// <summary>The text or pattern.</summary>
    public string Text => text;

    /// <summary>Whether a title or the name of a rule instance is wanted.</summary>
    public bool Accepts(string name) => _isPattern
        ? FileSystemName.MatchesSimpleExpression(text, name, ignoreCase: true)
        : name.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The tests that are wanted by title or rule, the properties that are wanted by title, and the budgets that are wanted by rule.</summary>
    public RuleTests Select(RuleTests all) => new(
        [.. all.Tests.Where(test => Accepts(test.Title) || Accepts(test.Instance.Name))],
        [.. all.Properties.Where(property => Accepts(property.Declaration.Title))],
        [.. all.Budgets.Where(budget => Accepts(budget.Instance.Name))]);

    /// <summary>The names that come nearest to the text, those first that need the fewest changes to contain it.</summary>
    /// <param name="names">Titles and rules.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<string> Nearest(IEnumerable<string> names, int count)
    {
        var wanted = text.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);
        return [.. names
            .Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Distance: DistanceWithin(wanted, name)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(count)
            .Select(candidate => candidate.Name)];
    }

    /// <summary>The least number of letters to insert, remove or replace so that the wanted text occurs somewhere in a name (Sellers 1980).</summary>
    private static int DistanceWithin(string wanted, string name)
    {
        // column[i] is the cost of having matched i letters of the wanted text by some stretch of the name that ends here.
        var column = Enumerable.Range(0, wanted.Length + 1).ToArray();
        var least = column[^1];
        foreach (var letter in name)
        {
            var diagonal = column[0];
            for (var i = 1; i < column.Length; i++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(wanted[i - 1]) ? 0 : 1);
                diagonal = column[i];
                column[i] = Math.Min(replaced, 1 + Math.Min(column[i], column[i - 1]));
            }

            least = Math.Min(least, column[^1]);
        }

        return least;
    }
}
