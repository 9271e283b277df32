using System.Buffers.Binary;

namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxParser
{
    private bool TryDeclaration(PtxToken directive)
    {
        if (directive.Text == ".reg")
        {
            Registers();
        }
        else
        {
            if (SpaceOf(directive) is not { } space)
                return false;

            Variable(space);
        }

        Expect(";");
        return true;
    }

    private void Registers()
    {
        var type = Type();
        do
        {
            var name = Name();
            if (Peek.Text == "<")
            {
                Next();
                var count = Number();
                Expect(">");
                for (var i = 0UL; i < count; i++)
                {
                    _scope.Declare($"{name.Text}{i}", Slots.Register(type), name.Line);
                }
            }
            else
            {
                _scope.Declare(name.Text, Slots.Register(type), name.Line);
            }
        }
        while (TryTake(","));
    }

    private void Variable(PtxSpace space, bool isDynamic = false) => Variables.Add(DeclareVariable(space, isDynamic));

    private PtxVariable DeclareVariable(PtxSpace space, bool isDynamic)
    {
        var alignment = TryTake(".align") ? (int)Number() : 0;
        var type = Type();
        var name = Name();
        var count = 1;
        if (TryTake("["))
        {
            count = isDynamic ? 0 : (int)Number();
            Expect("]");
        }

        var size = count * type.Bytes;
        var initial = space is PtxSpace.Global or PtxSpace.Const && TryTake("=") ? Initial(type, size) : null;
        var variable = new PtxVariable(name.Text, space, size, Math.Max(alignment, type.Bytes)) { Initial = initial };
        _scope.Declare(name.Text, variable, name.Line);
        return variable;
    }

    private byte[] Initial(PtxType type, int size)
    {
        var bytes = new byte[size + sizeof(ulong)];
        var isList = TryTake("{");
        var at = 0;
        do
        {
            if (at == size)
                throw new PtxException(Peek.Line, "More values than the array has places.");

            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), SignedNumber() & type.Mask);
            at += type.Bytes;
        }
        while (isList && TryTake(","));

        if (isList)
            Expect("}");

        return bytes[..size];
    }

    private PtxType Type()
    {
        var name = Name();
        return PtxType.TryParse(name.Text.TrimStart('.'), out var type) ? type : throw new PtxException(name.Line, $"{name.Text} is no type that is known here.");
    }

    private static PtxSpace? SpaceOf(PtxToken directive) => directive.Text switch
    {
        ".global" => PtxSpace.Global,
        ".const" => PtxSpace.Const,
        ".shared" => PtxSpace.Shared,
        ".local" => PtxSpace.Local,
        ".param" => PtxSpace.Param,
        _ => null,
    };
}
