using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Prover.Witness;

/// <summary>Reads a circuit's inputs from JSON that has the shape of the rule's parameters.</summary>
/// <remarks>
/// int and field: JSON integers or decimal (or 0x…) strings, a field element in [0, r). dec(s): numbers or strings in scale, such as
/// "20999.999999", exact to s places. bool: true or false. Nothing may be missing, but a digest is computed, and nothing may be left over. Of a
/// state either its leaves are given, and the rest is computed, or its root and what is shown of it.
/// </remarks>
public static class InputReader
{
    /// <summary>One value for each input, in wire order.</summary>
    /// <exception cref="InputException">The text is no JSON or does not fit.</exception>
    public static Fr[] Read(CompiledCircuit circuit, string json) => ReadWithStates(circuit, json).Values;

    /// <summary>One value for each input, in wire order.</summary>
    /// <exception cref="InputException">The element does not fit.</exception>
    public static Fr[] Read(CompiledCircuit circuit, JsonElement root) => ReadWithStates(circuit, root).Values;

    /// <summary>One value for each input, in wire order, and the roots of the states whose leaves are given.</summary>
    /// <exception cref="InputException">The text is no JSON or does not fit.</exception>
    public static (Fr[] Values, IReadOnlyList<StateRoots> States) ReadWithStates(CompiledCircuit circuit, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ReadWithStates(circuit, document.RootElement);
        }
        catch (Exception error) when (error is JsonException || error is InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" })
        {
            // The latter is an escaped half of a surrogate pair, which has no text.
            var mistake = error is JsonException syntax ? $"{JsonMistake.Of(syntax, Encoding.UTF8.GetBytes(json))}" : error.Message;
            throw new InputException($"inputs of {circuit.Name}: no valid JSON: {mistake}", error);
        }
    }

    private static (Fr[] Values, IReadOnlyList<StateRoots> States) ReadWithStates(CompiledCircuit circuit, JsonElement root)
    {
        var (values, shape, states) = (new Fr[circuit.Inputs.Count], InputTree.Of(circuit.Inputs), StateReader.Read(circuit, root));
        foreach (var state in states.OfType<KnownState>())
        {
            shape.Children[state.Tree.Name].IsComputed = true;
        }

        Fill(shape, root, "", circuit.Inputs, values);
        InputDigest.Complete(circuit.Inputs, values, isGiven: root.TryGetProperty(InputDigest.Name, out _));
        return (values, StateReplay.Complete(circuit, values, states));
    }

    /// <summary>Writes what has the shape of a tree of inputs to their places.</summary>
    /// <exception cref="InputException">The element does not fit.</exception>
    internal static void Fill(InputTree node, JsonElement element, string path, IReadOnlyList<CircuitInput> inputs, Fr[] values)
    {
        if (node.IsComputed)
        {
            return;
        }

        if (node.Leaf is { } leaf)
        {
            values[leaf] = Scalar(inputs[leaf], element, path);
        }
        else if (node.IsArray)
        {
            FillArray(node, element, path, inputs, values);
        }
        else
        {
            FillObject(node, element, path, inputs, values);
        }
    }

    private static void FillArray(InputTree node, JsonElement element, string path, IReadOnlyList<CircuitInput> inputs, Fr[] values)
    {
        Expect(element, JsonValueKind.Array, path, $"an array of {node.Children.Count}");
        if (element.GetArrayLength() != node.Children.Count)
        {
            throw new InputException($"input {path}: expected {node.Children.Count} elements, got {element.GetArrayLength()}");
        }

        for (var i = 0; i < node.Children.Count; i++)
        {
            if (!node.Children.TryGetValue($"[{i}]", out var child))
            {
                throw new InputException($"input {path}[{i}]: the circuit does not name this element");
            }

            Fill(child, element[i], $"{path}[{i}]", inputs, values);
        }
    }

    private static void FillObject(InputTree node, JsonElement element, string path, IReadOnlyList<CircuitInput> inputs, Fr[] values)
    {
        Expect(element, JsonValueKind.Object, path, $"an object with {string.Join(", ", node.Children.Keys)}");
        foreach (var property in element.EnumerateObject())
        {
            if (!node.Children.ContainsKey(property.Name))
            {
                throw new InputException($"input {Join(path, property.Name)}: there is no such input; expected {string.Join(", ", node.Children.Keys)}");
            }
        }

        foreach (var (name, child) in node.Children)
        {
            if (!element.TryGetProperty(name, out var value))
            {
                if (child.Leaf is { } leaf && inputs[leaf].Origin == InputOrigin.Digest)
                {
                    continue;
                }

                throw new InputException($"input {Join(path, name)}: missing");
            }

            Fill(child, value, Join(path, name), inputs, values);
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void Expect(JsonElement element, JsonValueKind kind, string path, string expected)
    {
        if (element.ValueKind != kind)
        {
            throw new InputException($"input {(path.Length == 0 ? "(root)" : path)}: expected {expected}, got {Show(element)}");
        }
    }

    private static Fr Scalar(CircuitInput input, JsonElement element, string path)
    {
        var expected = Expected(input);
        if (input.Kind == ValueKind.Boolean)
        {
            return element.ValueKind switch
            {
                JsonValueKind.True => Fr.One,
                JsonValueKind.False => Fr.Zero,
                _ => throw new InputException($"input {path}: expected {expected}, got {Show(element)}"),
            };
        }

        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.GetRawText(),
            _ => throw new InputException($"input {path}: expected {expected}, got {Show(element)}"),
        };
        if (!TryParseRaw(text, input.Scale, out var raw) || raw < input.Low || raw > input.High)
        {
            throw new InputException($"input {path}: expected {expected}, got {Show(element)}: {NumberRefusal.Reason(text, input)}");
        }

        return Fr.FromInteger(raw);
    }

    /// <summary>Parses "-12.5" to −1250 for scale 2; refuses more places than the scale has, exponents and blanks.</summary>
    internal static bool TryParseRaw(string text, int scale, out BigInteger raw)
    {
        raw = default;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            // The parser below passes over NULs at the end.
            return false;
        }

        var invariant = CultureInfo.InvariantCulture;
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return scale == 0 && text.Length > 2 && text.Length <= 80
                && BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, invariant, out raw);
        }

        var digits = text.StartsWith('-') ? text.AsSpan(1) : text.AsSpan();
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? default : digits[(point + 1)..];
        if (whole.Length is 0 or > 100 || fraction.Length > scale || (point >= 0 && fraction.Length == 0))
        {
            return false;
        }

        var all = string.Concat(whole, fraction) + new string('0', scale - fraction.Length);
        if (!BigInteger.TryParse(all, NumberStyles.None, invariant, out raw))
        {
            return false;
        }

        raw = text.StartsWith('-') ? -raw : raw;
        return true;
    }

    private static string Expected(CircuitInput input) => input.Kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Field => "a field element, an integer in [0 .. r - 1]",
        _ when input.Scale == 0 => $"int in [{input.Low} .. {input.High}]",
        _ => $"dec({input.Scale}) in [{MessageFormat.Decimal(input.Low, input.Scale)} .. {MessageFormat.Decimal(input.High, input.Scale)}]",
    };

    internal static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"an array of {element.GetArrayLength()}",
        _ => element.GetRawText() is { Length: > 90 } longText ? longText[..90] + "…" : element.GetRawText(),
    };
}
