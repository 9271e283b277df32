namespace Prover.Witness;

/// <summary>Computes single operands of a tape: executes, each once, the instructions that they depend on, and no others.</summary>
/// <remarks>Inputs may be set between one operand and the next, as long as no operand asked for before depends on them.</remarks>
internal sealed class TapeSlice
{
    private readonly WitnessTape _tape;
    private readonly Fr[] _slots;
    private readonly TapeWorker _worker;
    private readonly Stack<int> _pending = new();

    /// <summary>For each slot the instruction that writes it and has not been executed yet; −1 if there is none.</summary>
    private readonly int[] _writers;

    /// <param name="tape">The tape.</param>
    /// <param name="inputs">One value for each input, in wire order.</param>
    public TapeSlice(WitnessTape tape, ReadOnlySpan<Fr> inputs)
    {
        _tape = tape;
        _slots = new Fr[tape.SlotCount];
        _worker = new(tape, _slots, new(tape.Linear.Coefficients.Span, spread: false));
        _slots[0] = Fr.One;
        inputs.CopyTo(_slots.AsSpan(1));
        _writers = new int[tape.SlotCount];
        _writers.AsSpan().Fill(-1);
        for (var i = 0; i < tape.Instructions.Length; i++)
        {
            ref readonly var instruction = ref tape.Instructions[i];
            if (tape.OutputCount(instruction) is > 0 and var outputs)
            {
                _writers.AsSpan(instruction.Destination, outputs).Fill(i);
            }
        }
    }

    /// <summary>Sets inputs that follow each other.</summary>
    public void SetInputs(int first, ReadOnlySpan<Fr> values) => values.CopyTo(_slots.AsSpan(1 + first, values.Length));

    /// <summary>An operand's value.</summary>
    /// <param name="row">A row of the linear table.</param>
    public Fr Evaluate(int row)
    {
        Require(row, int.MaxValue);
        while (_pending.TryPeek(out var instruction))
        {
            ref readonly var next = ref _tape.Instructions[instruction];
            var before = _pending.Count;
            Require(next.X, instruction);
            if (next.Y >= 0)
            {
                Require(next.Y, instruction);
            }

            if (_pending.Count == before)
            {
                _pending.Pop();
                Execute(instruction);
            }
        }

        return _tape.Linear.Evaluate(row, _slots);
    }

    /// <summary>Pushes the instructions that write what a row reads.</summary>
    /// <param name="row">A row of the linear table.</param>
    /// <param name="reader">Who reads it: as on the whole tape it sees only what was written before, so there are no circles.</param>
    private void Require(int row, int reader)
    {
        foreach (var slot in _tape.Linear.WiresOf(row))
        {
            if (_writers[slot] is >= 0 and var writer && writer < reader)
            {
                _pending.Push(writer);
            }
        }
    }

    private void Execute(int instruction)
    {
        ref readonly var executed = ref _tape.Instructions[instruction];
        var written = _writers.AsSpan(executed.Destination, _tape.OutputCount(executed));

        // An instruction may have been pushed by several readers.
        if (written[0] == instruction)
        {
            _worker.Run(instruction, instruction + 1);
            written.Fill(-1);
        }
    }
}
