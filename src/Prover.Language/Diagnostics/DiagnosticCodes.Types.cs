namespace Prover.Language;

internal static partial class DiagnosticCodes
{
    /// <summary>R02: types, ranges and units.</summary>
    public static IReadOnlyList<DiagnosticCode> Types { get; } =
    [
        new(
            "R0201",
            "A value of another type is expected.",
            "Give a value of that type; field(x) embeds a number in the field.",
            "rule r(private x: int[0 .. 9]) {\n  let f: field = x\n  require f == 3, \"other\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  let f: field = field(x)\n  require f == 3, \"other\"\n}"),
        new(
            "R0202",
            "An operation that does not apply to these values.",
            "The help shows how it is called. int(b) makes a number of a bool, narrow(f, T, \"message\") one of a field value.",
            "rule r(private x: int[0 .. 9], private ok: bool) {\n  require x + ok < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9], private ok: bool) {\n  require x + int(ok) < 3, \"large\"\n}"),
        new(
            "R0203",
            "A value could leave the field: the ranges of what it is computed from allow more than 252 bits.",
            "Narrower types where the values come in, or round and narrow before multiplying. The help computes how far.",
            "rule r(private x: int[0 .. 2^130], private y: int[0 .. 2^130]) {\n  require x * y < 9, \"large\"\n}",
            "rule r(private x: int[0 .. 2^120], private y: int[0 .. 2^130]) {\n  require x * y < 9, \"large\"\n}"),
        new(
            "R0204",
            "The value may lie outside the range of the type.",
            "narrow(x, T, \"message\") refuses what does not fit when the rule runs.",
            "rule r(private x: int[0 .. 9]) {\n  let y: int[0 .. 5] = x\n  require y < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  let y = narrow(x, int[0 .. 5], \"too great\")\n  require y < 3, \"large\"\n}"),
        new(
            "R0205",
            "More decimals than the type keeps.",
            "round(x, to s, mode), which names the rounding.",
            "rule r(private x: dec(2)[0 .. 1000]) {\n  let y: dec(2) = x * x\n  require y < 9.00, \"large\"\n}",
            "rule r(private x: dec(2)[0 .. 1000]) {\n  let y: dec(2) = round(x * x, to 2, floor)\n  require y < 9.00, \"large\"\n}"),
        new(
            "R0206",
            "A type without bounds where a range must be known, as of an input.",
            "Give it bounds.",
            "rule r(private x: int) {\n  require x < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 2^64 - 1]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0207",
            "A range without values.",
            "Exchange its bounds.",
            "rule r(private x: int[9 .. 0]) {\n  require x < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0208",
            "Elements of what is no array, fields of what is no struct, or the like.",
            "The message says what the value is.",
            "rule r(private x: int[0 .. 9]) {\n  require x[0] < 3, \"large\"\n}",
            "rule r(private x: [int[0 .. 9]; 1]) {\n  require x[0] < 3, \"large\"\n}"),
        new(
            "R0209",
            "The branches of an 'if' have different types, or one is missing.",
            "Give both the same type.",
            "rule r(private x: int[0 .. 9]) {\n  let y = if x > 3 { x } else { true }\n  require x < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  let y = if x > 3 { x } else { 0 }\n  require y < 3, \"large\"\n}"),
        new(
            "R0210",
            "An unknown rounding mode.",
            "The modes are floor, ceil, trunc, away, half_even and exact.",
            "rule r(private x: dec(2)[0 .. 1000]) {\n  require round(x, to 0, up) < 3, \"large\"\n}",
            "rule r(private x: dec(2)[0 .. 1000]) {\n  require round(x, to 0, ceil) < 3, \"large\"\n}"),
        new(
            "R0211",
            "A divisor that may be zero.",
            "A type whose range has no zero, or a narrow to one.",
            "rule r(private x: int[0 .. 9], private y: int[0 .. 9]) {\n  require div(x, y, to 0, floor) < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9], private y: int[1 .. 9]) {\n  require div(x, y, to 0, floor) < 3, \"large\"\n}"),
        new(
            "R0212",
            "The exact result has more decimals than are kept.",
            "round an operand first.",
            "rule r(private x: dec(40)[0 .. 1000]) {\n  require x * x < 9, \"large\"\n}",
            "rule r(private x: dec(40)[0 .. 1000]) {\n  require round(x, to 9, floor) * x < 9, \"large\"\n}"),
        new(
            "R0213",
            "Units that do not agree.",
            "Multiply by a factor that has the missing unit, as a price in USD/BTC, or take the unit off with raw.",
            "unit USD\nunit BTC\nrule r(private m: int[0 .. 9] USD, private q: int[0 .. 9] BTC) {\n  require m < q, \"large\"\n}",
            "unit USD\nunit BTC\nrule r(private m: int[0 .. 9] USD, private q: int[0 .. 9] BTC, private p: int[0 .. 9] USD/BTC) {\n  require m < q * p, \"large\"\n}"),
        new(
            "R0214",
            "A unit of too many factors, or of too great a power.",
            "raw(x) drops a unit.",
            "unit USD\nrule r(private m: int[0 .. 1] USD^16) {\n  require raw(m^64) == 1, \"none\"\n}",
            "unit USD\nrule r(private m: int[0 .. 1] USD^16) {\n  require raw(m)^64 == 1, \"none\"\n}"),
        new(
            "R0215",
            "'state' or 'public hashed' without the functions that they need.",
            "import \"std/merkle.circuit\" or import \"std/poseidon.circuit\".",
            "rule r(public hashed x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}",
            "import \"std/poseidon.circuit\"\nrule r(public hashed x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}"),
    ];

    /// <summary>R04: what must be known when a program is compiled.</summary>
    public static IReadOnlyList<DiagnosticCode> Constants { get; } =
    [
        new(
            "R0401",
            "Generic arguments are missing, too many, or cannot be told.",
            "Name them: f<2>(x).",
            "fn ones<N>() = [1; N]\nrule r(private x: int[0 .. 9]) {\n  require x < ones()[0], \"large\"\n}",
            "fn ones<N>() = [1; N]\nrule r(private x: int[0 .. 9]) {\n  require x < ones<2>()[0], \"large\"\n}"),
        new(
            "R0402",
            "A length, a count or a number of rounds outside its limits.",
            "The message names the limits.",
            "rule r(private x: int[0 .. 9]) {\n  require max(i in 0..0: x + i) < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require max(i in 0..2: x + i) < 3, \"large\"\n}"),
        new(
            "R0403",
            "A value that must be known when the program is compiled is not.",
            "Indices of arrays, bounds of loops and arguments of tests are constant. sum(i in 0..N: int(i == k) * xs[i]) reads an element by an input.",
            "rule r(private xs: [int[0 .. 9]; 3], private k: int[0 .. 2]) {\n  require xs[k] < 3, \"large\"\n}",
            "rule r(private xs: [int[0 .. 9]; 3], private k: int[0 .. 2]) {\n  require sum(i in 0..3: int(i == k) * xs[i]) < 3, \"large\"\n}"),
        new(
            "R0404",
            "A constant depends on itself.",
            "Break the circle.",
            "const A = B + 1\nconst B = A - 1",
            "const A = B + 1\nconst B = 4"),
        new(
            "R0405",
            "An index outside its array or tree.",
            "Indices begin with 0.",
            "rule r(private xs: [int[0 .. 9]; 3]) {\n  require xs[3] < 3, \"large\"\n}",
            "rule r(private xs: [int[0 .. 9]; 3]) {\n  require xs[2] < 3, \"large\"\n}"),
        new(
            "R0406",
            "A type contains itself.",
            "All sizes are fixed: use an array.",
            "struct Node { next: Node }\nrule r(private node: Node) {\n  require true, \"m\"\n}",
            "struct Node { next: [field; 4] }\nrule r(private node: Node) {\n  require true, \"m\"\n}"),
        new(
            "R0407",
            "The program is too large for the compiler: it asks for more work or memory than its wires are worth.",
            "Smaller loops, arrays or generic arguments; let keeps what is computed again and again.",
            "rule r(private x: [[bool; 2^12]; 2^12]) {\n  require x[0][0], \"m\"\n}",
            "rule r(private x: [[bool; 2^3]; 2^3]) {\n  require x[0][0], \"m\"\n}"),
        new(
            "R0408",
            "A constant cannot be computed: something that its value requires fails.",
            "The place in the message is what fails.",
            "const HALF = narrow(12, int[0 .. 9], \"too great\")",
            "const HALF = narrow(6, int[0 .. 9], \"too great\")"),
    ];
}
