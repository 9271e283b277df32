namespace Prover.Witness;

/// <summary>The nesting that flat input names such as "account.positions[3].size" describe.</summary>
internal sealed class InputTree
{
    /// <summary>Members by name, or elements by "[i]", in the order of their first appearance.</summary>
    public Dictionary<string, InputTree> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>The input's number, if this is a scalar.</summary>
    public int? Leaf { get; private set; }

    /// <summary>Whether everything below is computed, so that there is nothing to read.</summary>
    public bool IsComputed { get; set; }

    /// <summary>Whether the children are elements of an array.</summary>
    public bool IsArray => Children.Count > 0 && Children.Keys.First().StartsWith('[');

    public static InputTree Of(IReadOnlyList<CircuitInput> inputs)
    {
        var root = new InputTree();
        for (var i = 0; i < inputs.Count; i++)
        {
            var node = root;
            foreach (var step in Steps(inputs[i].Name))
            {
                if (!node.Children.TryGetValue(step, out var child))
                {
                    child = new InputTree();
                    node.Children.Add(step, child);
                }

                node = child;
            }

            node.Leaf = i;
        }

        return root;
    }

    /// <summary>"a.b[3].c" is a, b, [3], c.</summary>
    private static IEnumerable<string> Steps(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i == name.Length || name[i] is '.' or '[')
            {
                if (i > start)
                {
                    yield return name[start..i];
                }

                start = i < name.Length && name[i] == '.' ? i + 1 : i;
            }
        }
    }
}
