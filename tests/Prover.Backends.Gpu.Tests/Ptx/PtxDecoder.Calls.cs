namespace Prover.Backends.Gpu.Tests;

internal sealed partial class PtxDecoder
{
    /// <summary>The arguments' bytes go to the function's parameters before the call and its result's back after it.</summary>
    private void Call()
    {
        _name.Ignore("uni");
        var operands = _statement.Operands;
        var results = operands.Length > 0 && operands[0] is PtxOperand.Many many ? Variables(many) : [];
        var at = operands.Length > 0 && operands[0] is PtxOperand.Many ? 1 : 0;
        var arguments = operands.Length > at + 1 ? Variables(operands[at + 1]) : [];
        if (at >= operands.Length || operands[at] is not PtxOperand.Name callee || !_parser.Functions.TryGetValue(callee.Text, out var function))
            throw new PtxException(_statement.Line, "The call names no function with a body.");

        Copy(from: arguments, to: function.Parameters, function);
        _calls.Add((_operations.Count, _function.Name, function.Name));
        Emit(new() { Code = PtxOpcode.Call });
        Copy(from: function.Results, to: results, function);
        _flag = FlagState.Lost;
    }

    private void Copy(List<PtxVariable> from, List<PtxVariable> to, PtxFunction function)
    {
        if (!from.Select(variable => variable.Size).SequenceEqual(to.Select(variable => variable.Size)))
            throw new PtxException(_statement.Line, $"The call and {function.Name} do not agree on the parameters.");

        foreach (var (source, destination) in from.Zip(to))
        {
            Emit(new() { Code = PtxOpcode.CopyParameter, A = (int)destination.Address, B = (int)source.Address, C = source.Size });
        }
    }

    private List<PtxVariable> Variables(PtxOperand operand) =>
        operand is PtxOperand.Many many
            ? [.. many.Elements.Select(element => element is PtxOperand.OfVariable { Variable.Space: PtxSpace.Param } variable ? variable.Variable : throw Malformed())]
            : throw Malformed();

    private void Link()
    {
        foreach (var (operation, caller, function) in _calls)
        {
            SetTarget(operation, _parser.Functions[function].Start);
            RequireNoWay(function, caller, _lines[operation], []);
        }
    }

    /// <summary>Registers lie in one place for all calls of a function, so none may be called while it runs.</summary>
    private void RequireNoWay(string from, string to, int line, HashSet<string> seen)
    {
        if (from == to)
            throw new PtxException(line, $"{to} calls itself, in the end.");

        foreach (var call in _calls.Where(call => call.Caller == from && seen.Add(call.Function)))
        {
            RequireNoWay(call.Function, to, line, seen);
        }
    }
}
