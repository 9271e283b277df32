using System.Globalization;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Reads the text of a module (PTX ISA, "Syntax" and "Directives"): functions here, declarations and statements in the other parts.</summary>
internal sealed partial class PtxParser
{
    private readonly List<PtxToken> _tokens;
    private PtxScope _scope = new(parent: null);
    private int _at;

    public PtxParser(string text)
    {
        _tokens = PtxLexer.Tokens(text);
        PtxSlots.DeclareSpecial(_scope);
        while (Peek.Text.Length > 0)
        {
            ModuleDirective(Next());
        }
    }

    /// <summary>The kernel; exactly one.</summary>
    public PtxFunction? Entry { get; private set; }

    /// <summary>Every function with a body, the kernel included.</summary>
    public Dictionary<string, PtxFunction> Functions { get; } = [];

    /// <summary>Every variable and parameter of every scope.</summary>
    public List<PtxVariable> Variables { get; } = [];

    public PtxSlots Slots { get; } = new();

    /// <summary>How many threads a block of the kernel may have at most.</summary>
    public int MaxThreads { get; private set; } = 1024;

    private PtxToken Peek => _tokens[_at];

    private void ModuleDirective(PtxToken directive)
    {
        switch (directive.Text)
        {
            case ".version" or ".target":
                Next();
                break;
            case ".address_size":
                Expect("64");
                break;
            case ".visible" or ".weak":
                break;
            case ".extern":
                Expect(".shared");
                Variable(PtxSpace.Shared, isDynamic: true);
                Expect(";");
                break;
            case ".func" or ".entry":
                Function(isEntry: directive.Text == ".entry");
                break;
            default:
                if (!TryDeclaration(directive))
                    throw Unknown(directive);

                break;
        }
    }

    private void Function(bool isEntry)
    {
        var outer = _scope;
        _scope = new PtxScope(outer);
        var results = !isEntry && Peek.Text == "(" ? Parameters() : [];
        var name = Name();
        var function = new PtxFunction(name.Text, results, Parameters());
        while (isEntry && Peek.Text.StartsWith('.'))
        {
            EntryDirective(Next());
        }

        if (Peek.Text == ";")
        {
            Next();
        }
        else
        {
            if (!Functions.TryAdd(function.Name, function))
                throw new PtxException(name.Line, $"{function.Name} has two bodies.");

            if (isEntry && Entry is not null)
                throw new PtxException(name.Line, $"Both {Entry.Name} and {function.Name} are kernels.");

            Entry = isEntry ? function : Entry;
            Variables.AddRange(results.Concat(function.Parameters));
            Block(function);
        }

        _scope = outer;
    }

    private void EntryDirective(PtxToken directive)
    {
        var numbers = new List<int> { (int)Number() };
        while (Peek.Text == ",")
        {
            Next();
            numbers.Add((int)Number());
        }

        if (directive.Text == ".maxntid")
            MaxThreads = numbers.Aggregate(1, (product, number) => product * number);
        else if (directive.Text is not (".minnctapersm" or ".maxnreg"))
            throw Unknown(directive);
    }

    private List<PtxVariable> Parameters()
    {
        var parameters = new List<PtxVariable>();
        Expect("(");
        while (Peek.Text != ")")
        {
            if (parameters.Count > 0)
                Expect(",");

            Expect(".param");
            parameters.Add(DeclareVariable(PtxSpace.Param, isDynamic: false));
        }

        Expect(")");
        return parameters;
    }

    private ulong SignedNumber() => TryTake("-") ? 0 - Number() : Number();

    private ulong Number()
    {
        var token = Next();
        var text = token.Text.TrimEnd('U');
        var isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHexadecimal ? text[2..] : text, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new PtxException(token.Line, $"{Shown(token)} is no whole number.");
    }

    private PtxToken Name() => Peek.IsName ? Next() : throw new PtxException(Peek.Line, $"{Shown(Peek)} stands where a name must.");

    private void Expect(string text)
    {
        if (!TryTake(text))
            throw new PtxException(Peek.Line, $"{Shown(Peek)} stands where {text} must.");
    }

    private bool TryTake(string text)
    {
        if (Peek.Text != text)
            return false;

        Next();
        return true;
    }

    private PtxToken Next()
    {
        var token = _tokens[_at];
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }

    private static string Shown(PtxToken token) => token.Text.Length > 0 ? token.Text : "The end of the text";

    private static PtxException Unknown(PtxToken directive) => new(directive.Line, $"The directive {directive.Text} is unknown.");
}
