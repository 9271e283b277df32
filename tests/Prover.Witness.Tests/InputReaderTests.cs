using System.Numerics;
using Prover.Constraints;
using Prover.Primitives;

namespace Prover.Witness.Tests;

public class InputReaderTests
{
    private static readonly CompiledCircuit Circuit = WithInputs(
        new("mark[0]", true, ValueKind.Integer, 6, 0, 1_000_000_000),
        new("mark[1]", true, ValueKind.Integer, 6, 0, 1_000_000_000),
        new("account.owner", false, ValueKind.Field, 0, 0, Fr.Modulus - 1),
        new("account.open", false, ValueKind.Boolean, 0, 0, 1),
        new("account.positions[0].size", false, ValueKind.Integer, 0, -5, 5),
        new("account.positions[1].size", false, ValueKind.Integer, 0, -5, 5));

    private const string Good =
        """{"account":{"open":true,"positions":[{"size":-5},{"size":"5"}],"owner":"0xff"},"mark":["20.999999",3]}""";

    [Fact]
    public void Reads_every_kind_into_wire_order() => Assert.Equal<Fr[]>(
        [20_999_999, 3_000_000, 255, 1, -5, 5], InputReader.Read(Circuit, Good));

    [Theory]
    [InlineData("\"size\":-5", "\"size\":-6", "input account.positions[0].size: expected int in [-5 .. 5], got -6: below the range")]
    [InlineData("{\"size\":\"5\"}", "{}", "input account.positions[1].size: missing")]
    [InlineData("{\"size\":\"5\"}", "{\"size\":5,\"x\":1}", "input account.positions[1].x: there is no such input; expected size")]
    [InlineData(",{\"size\":\"5\"}", "", "input account.positions: expected 2 elements, got 1")]
    [InlineData("\"size\":-5", "\"size\":1.5", "input account.positions[0].size: expected int in [-5 .. 5], got 1.5: 1 decimal, a whole number has none")]
    [InlineData("\"open\":true", "\"open\":1", "input account.open: expected true or false, got 1")]
    [InlineData("20.999999", "20.9999991", "input mark[0]: expected dec(6) in [0 .. 1000], got \"20.9999991\": 7 decimals, dec(6) has 6 at most")]
    [InlineData("20.999999", "-1", "input mark[0]: expected dec(6) in [0 .. 1000], got \"-1\": below the range")]
    [InlineData("20.999999", "2e1", "input mark[0]: expected dec(6) in [0 .. 1000], got \"2e1\": exponents are not read, write the digits out")]
    [InlineData("\"owner\":\"0xff\"", "\"owner\":-1", "input account.owner: expected a field element, an integer in [0 .. r - 1], got -1: below the range")]
    [InlineData("\"mark\":[\"20.999999\",3]", "\"mark\":7", "input mark: expected an array of 2, got 7")]
    public void Errors_name_the_path(string old, string replacement, string message)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        var error = Assert.Throws<InputException>(() => InputReader.Read(Circuit, Good.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.Equal(message, error.Message);
    }

    private static readonly CompiledCircuit Hashed = WithInputs(
        new("limit", true, ValueKind.Integer, 0, 0, 99),
        new("digest", true, ValueKind.Field, 0, 0, Fr.Modulus - 1, InputOrigin.Digest),
        new("prices[0]", false, ValueKind.Integer, 2, -999, 999, InputOrigin.Hashed),
        new("prices[1]", false, ValueKind.Integer, 2, -999, 999, InputOrigin.Hashed),
        new("open", false, ValueKind.Boolean, 0, 0, 1, InputOrigin.Hashed),
        new("size", false, ValueKind.Integer, 0, 0, 99));

    [Fact]
    public void A_digest_is_computed_from_the_raw_values_of_what_is_hashed()
    {
        var digest = Poseidon.Chain([-(Fr)125, 300, 1]);
        Fr[] expected = [7, digest, -(Fr)125, 300, 1, 8];

        Assert.Equal(expected, InputReader.Read(Hashed, """{"limit":7,"prices":[-1.25,"3"],"open":true,"size":8}"""));
        Assert.Equal(expected, InputReader.Read(Hashed, $$"""{"limit":7,"prices":[-1.25,"3"],"open":true,"size":8,"digest":"{{digest}}"}"""));
        Assert.Equal(digest, InputDigest.Of(Hashed.Inputs, expected));
        Assert.Null(InputDigest.Of(Circuit.Inputs, expected));
    }

    [Theory]
    [InlineData("""{"limit":7,"prices":[-1.25,"3"],"open":true,"size":8,"digest":5}""", "it may be left out")]
    [InlineData("""{"limit":7,"prices":[-1.25,"3"],"size":8}""", "input open: missing")]
    [InlineData("""{"prices":[-1.25,"3"],"open":true,"size":8}""", "input limit: missing")]
    public void A_digest_replaces_nothing_else(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => InputReader.Read(Hashed, json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1000.000001", "above the range")]
    [InlineData("1000", null)]
    [InlineData("1.0000000", "7 decimals, dec(6) has 6 at most")]
    [InlineData("1.000000", null)]
    [InlineData("1e2", "exponents are not read, write the digits out")]
    [InlineData("1.5E+2", "exponents are not read, write the digits out")]
    [InlineData("+5", "the only sign is a '-' in front")]
    [InlineData("5-", "the only sign is a '-' in front")]
    [InlineData("--5", "the only sign is a '-' in front")]
    [InlineData("1,000", "neither blanks nor thousands separators are read, and decimals follow a '.'")]
    [InlineData("1'000.5", "neither blanks nor thousands separators are read, and decimals follow a '.'")]
    [InlineData("1_000", "neither blanks nor thousands separators are read, and decimals follow a '.'")]
    [InlineData(" 5", "neither blanks nor thousands separators are read, and decimals follow a '.'")]
    [InlineData(".5", "a point has digits on both sides, and a number has one point at most")]
    [InlineData("5.", "a point has digits on both sides, and a number has one point at most")]
    [InlineData("1.2.3", "a point has digits on both sides, and a number has one point at most")]
    [InlineData("", "not a number")]
    [InlineData("-", "not a number")]
    [InlineData("five", "not a number")]
    [InlineData("5 USDT", "not a number")]
    [InlineData("0x5", "only whole numbers are read in hexadecimal")]
    public void Refusals_of_decimals_say_why(string text, string? reason) => Refuses("20.999999", text, reason, $"input mark[0]: expected dec(6) in [0 .. 1000], got \"{text}\": ");

    [Theory]
    [InlineData("6", "above the range")]
    [InlineData("5.0", "1 decimal, a whole number has none")]
    [InlineData("0x6", "above the range")]
    [InlineData("0x5", null)]
    [InlineData("0x", "0x stands before 1 to 78 hexadecimal digits")]
    [InlineData("0x5g", "0x stands before 1 to 78 hexadecimal digits")]
    public void Refusals_of_whole_numbers_say_why(string text, string? reason) => Refuses("\"5\"", $"\"{text}\"", reason, $"input account.positions[1].size: expected int in [-5 .. 5], got \"{text}\": ");

    [Theory]
    [InlineData("\"5\\u0000\"")]
    [InlineData("\"0x5\\u0000\"")]
    public void Characters_behind_a_number_are_refused(string number)
    {
        Assert.NotEmpty(InputReader.Read(Circuit, Good.Replace("\"5\"", number.Replace("\\u0000", "", StringComparison.Ordinal), StringComparison.Ordinal)));
        Assert.Throws<InputException>(() => InputReader.Read(Circuit, Good.Replace("\"5\"", number, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_longest_numbers()
    {
        Refuses("\"5\"", $"\"{new string('0', 99)}5\"", null, "");
        Refuses("\"5\"", $"\"{new string('0', 100)}5\"", "101 digits, at most 100 are read", $"input account.positions[1].size: expected int in [-5 .. 5], got \"{new string('0', 89)}…: ");
        Refuses("\"5\"", $"\"0x{new string('0', 77)}5\"", null, "");
        Refuses("\"5\"", $"\"0x{new string('0', 78)}5\"", "0x stands before 1 to 78 hexadecimal digits", "input account.positions[1].size: ");
    }

    [Theory]
    [InlineData("", "no valid JSON: the file is empty")]
    [InlineData("{", "no valid JSON: line 1, byte 1: the JSON ends in the middle")]
    [InlineData("{ \"\\ud800\": 1 }", "no valid JSON")]
    [InlineData("{ \"a\": 1, \"a\": 1 }", "no valid JSON: 'a' is given twice")]
    [InlineData("{ \"a\": [1,] }", "no valid JSON: line 1, byte 10: a comma before the end of a list or an object")]
    public void Refuses_what_is_no_json(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => InputReader.Read(Circuit, text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 2, "0")]
    [InlineData(-1, 6, "-0.000001")]
    [InlineData(150, 2, "1.5")]
    [InlineData(-1200, 0, "-1200")]
    public void Decimals_print_in_scale(int raw, int scale, string text) => Assert.Equal(text, MessageFormat.Decimal(raw, scale));

    /// <summary>Without a reason the text must be read.</summary>
    private static void Refuses(string old, string replacement, string? reason, string before)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        var error = Record.Exception(() => InputReader.Read(Circuit, Good.Replace(old, replacement, StringComparison.Ordinal)));
        if (reason is null)
        {
            Assert.Null(error);
            return;
        }

        Assert.StartsWith(before, Assert.IsType<InputException>(error).Message, StringComparison.Ordinal);
        Assert.EndsWith(": " + reason, error.Message, StringComparison.Ordinal);
    }

    private static CompiledCircuit WithInputs(params CircuitInput[] inputs)
    {
        var empty = new SparseMatrix([0], [], [], []);
        var tape = new WitnessTape(inputs.Length + 1, inputs.Length + 1, inputs.Length, [], [], empty, [], []);
        return new("test", "", new R1cs(inputs.Length + 1, 0, 2, inputs.Length - 2, empty, empty, empty), tape, inputs, [], []);
    }
}
