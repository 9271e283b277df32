namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxParser
{
    private void Block(PtxFunction function)
    {
        Expect("{");
        var outer = _scope;
        _scope = new PtxScope(outer);
        while (!TryTake("}"))
        {
            var token = Peek;
            if (token.Text == "{")
                Block(function);
            else if (token.Text.StartsWith('.'))
                BodyDirective(Next());
            else if (token.IsName && _tokens[_at + 1].Text == ":")
                Label(function);
            else
                function.Statements.Add(Statement());
        }

        _scope = outer;
    }

    private void BodyDirective(PtxToken directive)
    {
        if (!TryDeclaration(directive))
            throw Unknown(directive);
    }

    private void Label(PtxFunction function)
    {
        var name = Name();
        Expect(":");
        if (!function.Labels.TryAdd(name.Text, function.Statements.Count))
            throw new PtxException(name.Line, $"The label {name.Text} stands twice in {function.Name}.");
    }

    private PtxStatement Statement()
    {
        PtxRegister? guard = null;
        var negated = false;
        if (TryTake("@"))
        {
            negated = TryTake("!");
            var name = Name();
            guard = _scope.Find(name.Text) as PtxRegister;
            if (guard?.Type.Kind != PtxKind.Predicate)
                throw new PtxException(name.Line, $"{name.Text} is no predicate register.");
        }

        var instruction = Name();
        var operands = Peek.Text == ";" ? [] : Operands();
        Expect(";");
        return new(instruction.Line, guard, negated, instruction.Text, operands);
    }

    /// <summary>Operands with commas between; an empty list before a closing parenthesis.</summary>
    private PtxOperand[] Operands()
    {
        var operands = new List<PtxOperand>();
        if (Peek.Text == ")")
            return [];

        do
        {
            operands.Add(Operand());
        }
        while (TryTake(","));

        return [.. operands];
    }

    private PtxOperand Operand()
    {
        if (TryTake("["))
            return Address();

        if (TryTake("{"))
            return Many("}");

        if (TryTake("("))
            return Many(")");

        if (Peek.Text == "-" || Peek.IsNumber)
            return new PtxOperand.Immediate(SignedNumber());

        var name = Name();
        return _scope.Find(name.Text) switch
        {
            PtxRegister register => new PtxOperand.OfRegister(register),
            PtxVariable variable => new PtxOperand.OfVariable(variable),
            _ => new PtxOperand.Name(name.Text),
        };
    }

    private PtxOperand.Many Many(string end)
    {
        var elements = Operands();
        Expect(end);
        return new(elements);
    }

    private PtxOperand.Address Address()
    {
        var to = Operand();
        var offset = TryTake("+") ? (long)SignedNumber() : 0;
        Expect("]");
        return new(to, offset);
    }
}
