using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Unicode;
using Prover.Algebra;
using Prover.Witness;

namespace Prover.Formats;

/// <summary>A value inside a JSON file, with the path to it for messages. Numbers are decimal strings, as snarkjs writes them.</summary>
internal readonly struct JsonSource
{
    /// <summary>Far above any artefact of this kind: a verification key with 2²⁰ public inputs.</summary>
    public const long MaximumLength = 1L << 28;

    /// <summary>Digits of the longest canonical value, 2²⁵⁴.</summary>
    private const int MaximumDigits = 77;

    private readonly string _file;
    private readonly string _place;
    private readonly JsonElement _element;

    private JsonSource(string file, string place, JsonElement element)
    {
        _file = file;
        _place = place;
        _element = element;
    }

    /// <summary>Number of elements of an array.</summary>
    public int Length => _element.GetArrayLength();

    /// <summary>Reads a whole file; property names must be unique.</summary>
    public static T ReadFile<T>(string path, FileKind kind, Func<JsonSource, T> read)
    {
        var length = new FileInfo(path).Length;
        if (length > MaximumLength)
        {
            throw new MalformedFileException(path, "whole file", null, $"the file has {length:N0} bytes, at most {MaximumLength:N0} are allowed.");
        }

        return Parse(File.ReadAllBytes(path), path, kind, read);
    }

    /// <summary>Reads a text of a kind that came from <paramref name="origin"/>.</summary>
    public static T Parse<T>(ReadOnlyMemory<byte> text, string origin, FileKind kind, Func<JsonSource, T> read)
    {
        FileKinds.RefuseOthers(kind, FileKinds.Recognise(text.Span), origin);
        if (!Utf8.IsValid(text.Span))
        {
            throw new MalformedFileException(origin, "JSON", null, "the text is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(new JsonSource(origin, "$", document.RootElement));
        }
        catch (JsonException e)
        {
            var mistake = JsonMistake.Of(e, text.Span);
            throw new MalformedFileException(origin, mistake.Place ?? "JSON", null, $"{mistake.Rule}.");
        }
        catch (InvalidOperationException e) when (e.Source is "System.Text.Json" or "System.Text.Json.Rethrowable")
        {
            // An escaped half of a surrogate pair has no text.
            throw new MalformedFileException(origin, "JSON", null, e.Message);
        }
    }

    /// <summary>Refuses properties of other names: a misspelt one that may be absent would otherwise go unread.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Malformed("an object is expected.");
        }

        foreach (var property in _element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw Malformed($"property '{property.Name}' is unknown.");
            }
        }
    }

    /// <summary>A property that must be there.</summary>
    public JsonSource Property(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Malformed("an object is expected.");
        }

        return _element.TryGetProperty(name, out var value)
            ? new JsonSource(_file, $"{_place}.{name}", value)
            : throw Malformed($"property '{name}' is missing.");
    }

    /// <summary>A property that may be there.</summary>
    public JsonSource? Find(string name) =>
        _element.TryGetProperty(name, out var value) ? new JsonSource(_file, $"{_place}.{name}", value) : null;

    /// <summary>Element i of an array.</summary>
    public JsonSource this[int index] => new(_file, $"{_place}[{index}]", _element[index]);

    /// <summary>This, if it is an array of <paramref name="length"/> elements.</summary>
    public JsonSource ArrayOf(int length)
    {
        var array = Array();
        return array.Length == length ? array : throw Malformed($"{length:N0} elements are expected, there are {array.Length:N0}.");
    }

    /// <summary>This, if it is an array.</summary>
    public JsonSource Array() => _element.ValueKind == JsonValueKind.Array ? this : throw Malformed("an array is expected.");

    /// <summary>Refuses any other text.</summary>
    public void ExpectText(string text)
    {
        if (_element.ValueKind != JsonValueKind.String || !_element.ValueEquals(text))
        {
            throw Malformed($"'{text}' is expected, not {Excerpt()}.");
        }
    }

    /// <summary>Refuses anything but true.</summary>
    public bool ExpectTrue() => _element.ValueKind == JsonValueKind.True ? true : throw Malformed($"true is expected, not {Excerpt()}.");

    /// <summary>A plain JSON number, not a string, from 0 to <paramref name="maximum"/>.</summary>
    public int Int32(int maximum) =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out var value) && value >= 0 && value <= maximum
            ? value
            : throw Malformed($"a whole number from 0 to {maximum:N0} is expected, not {Excerpt()}.");

    /// <summary>A canonical element of a field: decimal digits without sign, leading zero or blanks, below the prime.</summary>
    public PrimeField<TModulus> Element<TModulus>()
        where TModulus : struct, IModulus
    {
        var text = _element.ValueKind == JsonValueKind.String ? _element.GetString()! : throw Malformed($"a string of decimal digits is expected, not {Excerpt()}.");
        if (text.Length is 0 or > MaximumDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9') || (text.Length > 1 && text[0] == '0'))
        {
            throw Malformed($"a canonical decimal number of at most {MaximumDigits} digits is expected, not {Excerpt()}.");
        }

        var value = BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return value < TModulus.Value
            ? PrimeField<TModulus>.FromInteger(value)
            : throw Malformed($"the value must be below the prime of {TModulus.Name}, it is {value}.");
    }

    public MalformedFileException Malformed(string rule) => new(_file, _place, null, rule);

    private string Excerpt()
    {
        var text = _element.GetRawText();
        return text.Length <= 100 ? text : text[..100] + "…";
    }
}
