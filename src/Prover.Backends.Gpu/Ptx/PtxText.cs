using System.Globalization;
using System.Text;

namespace Prover.Backends.Gpu.Ptx;

/// <summary>A piece of PTX: instructions on registers of its own and on operands that the surroundings name.</summary>
/// <remarks>PTX ISA, "State Spaces": what is declared between braces hides what is declared outside, so that registers need no unique names.</remarks>
internal sealed class PtxText
{
    private readonly StringBuilder _instructions = new();
    private int _registers;

    /// <summary>A 32-bit register that nothing has been written to.</summary>
    public string Register() => string.Create(CultureInfo.InvariantCulture, $"%f{_registers++}");

    /// <summary>Several of them.</summary>
    public string[] Registers(int count)
    {
        var registers = new string[count];
        for (var i = 0; i < count; i++)
        {
            registers[i] = Register();
        }

        return registers;
    }

    /// <summary>An operand that stands for a number.</summary>
    public static string Literal(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}");

    /// <summary>Appends an instruction; its destination comes first.</summary>
    public void Add(string operation, params ReadOnlySpan<string> operands) =>
        _instructions.Append('\t').Append(operation).Append('\t').AppendJoin(", ", operands.ToArray()).Append(";\n");

    /// <summary>The instructions in braces, with the declaration of their registers.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"\t{{\n\t.reg .b32\t%f<{_registers}>;\n\t.reg .pred\t%borrow;\n{_instructions}\t}}\n");
}
