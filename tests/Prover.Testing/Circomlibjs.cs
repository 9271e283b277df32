using System.Globalization;
using System.Numerics;

namespace Prover.Testing;

/// <summary>circomlibjs, which shares no code and no tables with this project.</summary>
public static class Circomlibjs
{
    private const string Prelude = """
        const { buildPoseidon, buildEddsa } = require("circomlibjs");
        const args = process.argv.slice(1);
        const print = (...values) => console.log(values.join(" "));
        const run = async () => {
        """;

    private const string Epilogue = """
        };
        run().then(() => process.exit(0), error => { console.error(error); process.exit(1); });
        """;

    /// <summary>Runs the body of an async function that finds decimal numbers in <c>args</c> and calls <c>print(…)</c> once a line.</summary>
    /// <returns>The numbers of each line.</returns>
    public static BigInteger[][] Run(string body, params IEnumerable<BigInteger> arguments) =>
    [
        .. NodeTools.RunScript(Prelude + body + Epilogue, [.. arguments.Select(number => number.ToString(CultureInfo.InvariantCulture))])
            .EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(digits => BigInteger.Parse(digits, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
