namespace Prover.Language;

/// <summary>The codes by their kinds, each with a program that gets it and the same program mended.</summary>
internal static partial class DiagnosticCodes
{
    /// <summary>R01: how a program is written.</summary>
    public static IReadOnlyList<DiagnosticCode> Syntax { get; } =
    [
        new(
            "R0101",
            "A character that the language does not have, such as '/' or '&&'.",
            "The help names what to write instead: div(x, y, to s, mode) divides, 'and', 'or' and 'not' are words.",
            "rule r(private x: int[0 .. 9]) {\n  require x / 2 < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require div(x, 2, to 0, floor) < 3, \"large\"\n}"),
        new(
            "R0102",
            "A text without its closing quote.",
            "Close it on the same line.",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0103",
            "Something else is expected here.",
            "The message names what. The end of the line ends a statement; an operator at the end of a line carries it on.",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0104",
            "A '{' in a message without its '}'.",
            "A message shows values as {x}.",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large: {x\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large: {x}\"\n}"),
        new(
            "R0105",
            "The program nests deeper than the compiler follows: brackets within brackets, or functions that call functions.",
            "Name the parts with let; sum, all and fold take the place of long chains."),
        new(
            "R0106",
            "A number that cannot be read.",
            "Digits, with '_' between them where that helps; '0x' before hexadecimal ones.",
            "const LIMIT = 12abc",
            "const LIMIT = 12_000"),
        new(
            "R0107",
            "The file is too long.",
            "Several files, joined by import."),
    ];

    /// <summary>R03: names.</summary>
    public static IReadOnlyList<DiagnosticCode> Names { get; } =
    [
        new(
            "R0301",
            "A name is declared twice.",
            "Rename one. All files of a program share their names.",
            "const LIMIT = 3\nconst LIMIT = 4",
            "const LIMIT = 3\nconst LARGE_LIMIT = 4"),
        new(
            "R0302",
            "An import that is not there, or is no .circuit file.",
            "Paths are relative to the importing file; what begins with std/ is in the standard library.",
            "import \"std/posidon.circuit\"",
            "import \"std/poseidon.circuit\""),
        new(
            "R0303",
            "A built-in is declared again.",
            "Choose another name.",
            "fn max(a: int[0 .. 9]) = a",
            "fn greatest(a: int[0 .. 9]) = a"),
        new(
            "R0304",
            "A name that is not declared here.",
            "The help has the nearest one. A name is known from its let to the end of its block.",
            "rule r(private x: int[0 .. 9]) {\n  require xx < 3, \"large\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0305",
            "A name of another kind, such as a constant where a type stands.",
            "Use what it names as what it is.",
            "const LIMIT = 9\nrule r(private x: LIMIT) {\n  require x < 3, \"large\"\n}",
            "const LIMIT = 9\nrule r(private x: int[0 .. LIMIT]) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0306",
            "A struct has no such field.",
            "The help lists its fields.",
            "struct Leg { size: int[0 .. 9] }\nrule r(private leg: Leg) {\n  require leg.sise < 3, \"large\"\n}",
            "struct Leg { size: int[0 .. 9] }\nrule r(private leg: Leg) {\n  require leg.size < 3, \"large\"\n}"),
        new(
            "R0307",
            "A field or an element is given twice.",
            "Remove one.",
            "struct Leg { size: int[0 .. 9] }\nrule r(private x: int[0 .. 9]) {\n  let leg = Leg { size: x, size: 3 }\n  require leg.size < 3, \"large\"\n}",
            "struct Leg { size: int[0 .. 9] }\nrule r(private x: int[0 .. 9]) {\n  let leg = Leg { size: x }\n  require leg.size < 3, \"large\"\n}"),
        new(
            "R0308",
            "A field of a struct is missing.",
            "Give it.",
            "struct Leg { size: int[0 .. 9], open: bool }\nrule r(private x: int[0 .. 9]) {\n  let leg = Leg { size: x }\n  require leg.size < 3, \"large\"\n}",
            "struct Leg { size: int[0 .. 9], open: bool }\nrule r(private x: int[0 .. 9]) {\n  let leg = Leg { size: x, open: true }\n  require leg.size < 3, \"large\"\n}"),
        new(
            "R0309",
            "A call with too many or too few arguments.",
            "The declaration is shown below the call.",
            "fn add(a: int[0 .. 9], b: int[0 .. 9]) = a + b\nrule r(private x: int[0 .. 9]) {\n  require add(x) < 3, \"large\"\n}",
            "fn add(a: int[0 .. 9], b: int[0 .. 9]) = a + b\nrule r(private x: int[0 .. 9]) {\n  require add(x, 1) < 3, \"large\"\n}"),
        new(
            "R0310",
            "No rule, or several, by the name given to compile, test or count.",
            "Name it, with its numbers: --rule \"tiered<2>\".",
            "rule small(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}\ntest \"two\" { smal(2) passes }",
            "rule small(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}\ntest \"two\" { small(2) passes }"),
        new(
            "R0311",
            "A parameter is named 'digest' beside hashed ones, whose hash has this name.",
            "Rename it.",
            "import \"std/poseidon.circuit\"\nrule r(public hashed x: int[0 .. 9], private digest: field) {\n  require x < 3, \"large\"\n}",
            "import \"std/poseidon.circuit\"\nrule r(public hashed x: int[0 .. 9], private other: field) {\n  require x < 3, \"large\"\n}"),
        new(
            "R0312",
            "A tree where none can be, or a state that is none.",
            "Only state parameters of rules are trees.",
            "rule r(private accounts: tree<3, field>) {\n  require true, \"m\"\n}",
            "import \"std/merkle.circuit\"\nrule r(state accounts: tree<3, field>) {\n  require true, \"m\"\n}"),
        new(
            "R0313",
            "A test gives a state by something else than its first leaves.",
            "Give an array of leaves; the others are zeros.",
            "import \"std/merkle.circuit\"\nrule r(state accounts: tree<1, field>) {\n  require accounts[0] == 7, \"m\"\n}\ntest \"seven\" { r(7) passes }",
            "import \"std/merkle.circuit\"\nrule r(state accounts: tree<1, field>) {\n  require accounts[0] == 7, \"m\"\n}\ntest \"seven\" { r([field(7)]) passes }"),
    ];

    /// <summary>R05: statements.</summary>
    public static IReadOnlyList<DiagnosticCode> Statements { get; } =
    [
        new(
            "R0501",
            "A value is computed and dropped: perhaps a check that was meant and not made.",
            "Require it, or bind it with let.",
            "rule r(private x: int[0 .. 9]) {\n  x < 3\n  require x > 0, \"none\"\n}",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n  require x > 0, \"none\"\n}"),
        new(
            "R0502",
            "A function calls itself; a circuit has no recursion.",
            "fold repeats a step.",
            "fn double(x: int[0 .. 9]) -> int[0 .. 9] = double(x)\nrule r(private x: int[0 .. 9]) {\n  require double(x) < 3, \"large\"\n}",
            "fn double(x: int[0 .. 9]) -> int[0 .. 18] = x + x\nrule r(private x: int[0 .. 9]) {\n  require double(x) < 3, \"large\"\n}"),
        new(
            "R0503",
            "A value of a test cannot be computed: something that it requires of itself fails.",
            "The message says what.",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}\ntest \"t\" { r(narrow(12, int[0 .. 9], \"too great\")) passes }",
            "rule r(private x: int[0 .. 9]) {\n  require x < 3, \"large\"\n}\ntest \"t\" { r(narrow(2, int[0 .. 9], \"too great\")) passes }"),
    ];

    /// <summary>R06: the compiler itself.</summary>
    public static IReadOnlyList<DiagnosticCode> Checks { get; } =
    [
        new(
            "R0601",
            "The rows that were compiled are not proved to let the inputs determine every wire, so that a prover might choose one.",
            "Nothing is wrong with the program: a gadget or the proof falls short. Please report it; narrower ranges may help."),
    ];
}
