using Prover.Algebra;

namespace Prover.Witness;

// Instructions that do the same to different slots, as those of calls side by side do, are executed eight at a time.
internal readonly ref partial struct TapeInterpreter
{
    /// <summary>Fewer instructions are executed as fast one by one.</summary>
    private const int FewestTogether = 3;

    /// <summary>Executes up to eight instructions that are alike.</summary>
    private void ExecuteTogether(ReadOnlySpan<TapeInstruction> instructions)
    {
        Span<int> starts = stackalloc int[FrLanes.Count];
        Span<int> destinations = stackalloc int[FrLanes.Count];
        for (var lane = 0; lane < FrLanes.Count; lane++)
        {
            // Lanes without an instruction repeat the last.
            ref readonly var instruction = ref instructions[Math.Min(lane, instructions.Length - 1)];
            (starts[lane], destinations[lane]) = (_rowStarts[instruction.X], instruction.Destination);
        }

        var lanes = _lanes!;
        Sum(starts, _rowStarts[instructions[0].X + 1] - starts[0]);
        lanes.EndLeft();
        if (instructions[0].Operation == TapeOperation.Product && instructions[0].X == instructions[0].Y)
        {
            lanes.Square();
        }
        else if (instructions[0].Operation == TapeOperation.Product)
        {
            for (var lane = 0; lane < FrLanes.Count; lane++)
            {
                starts[lane] = _rowStarts[instructions[Math.Min(lane, instructions.Length - 1)].Y];
            }

            Sum(starts, _rowStarts[instructions[0].Y + 1] - starts[0]);
            lanes.EndRight();
            lanes.Multiply();
        }

        lanes.Store(_slots, destinations);
    }

    /// <summary>Σ coefficient·slot over eight rows of the linear table that are alike.</summary>
    /// <param name="starts">The first term of each row.</param>
    /// <param name="count">Terms of a row.</param>
    private void Sum(ReadOnlySpan<int> starts, int count)
    {
        Span<int> slotOf = stackalloc int[FrLanes.Count];
        var lanes = _lanes!;
        lanes.Begin();
        for (var term = 0; term < count; term++)
        {
            for (var lane = 0; lane < slotOf.Length; lane++)
            {
                slotOf[lane] = _rowSlots[starts[lane] + term];
            }

            var id = _coefficientIds[starts[0] + term];
            if (slotOf[0] == 0)
            {
                lanes.AddConstant(_coefficients[id]);
            }
            else if (id == _known.One)
            {
                lanes.Add(_slots, slotOf);
            }
            else if (id == _known.MinusOne)
            {
                lanes.Subtract(_slots, slotOf);
            }
            else
            {
                lanes.AddProduct(_known.Spread, id, _slots, slotOf);
            }
        }
    }

    /// <summary>How many of the first instructions are alike and can be executed together, eight at most.</summary>
    private int CountAlike(ReadOnlySpan<TapeInstruction> instructions)
    {
        ref readonly var first = ref instructions[0];
        var count = 1;
        if (first.Operation is TapeOperation.Linear or TapeOperation.Product)
        {
            while (count < FrLanes.Count && count < instructions.Length && AreAlike(first, instructions[count]))
            {
                count++;
            }
        }

        return count;
    }

    private bool AreAlike(in TapeInstruction a, in TapeInstruction b) =>
        a.Operation == b.Operation && (a.X == a.Y) == (b.X == b.Y) && AreAlike(a.X, b.X) && (a.X == a.Y || a.Y < 0 || AreAlike(a.Y, b.Y));

    /// <summary>Whether two rows have the same coefficients, not too many, and constants in the same place, which is the first.</summary>
    private bool AreAlike(int a, int b)
    {
        var (startA, startB) = (_rowStarts[a], _rowStarts[b]);
        var count = _rowStarts[a + 1] - startA;
        if (count != _rowStarts[b + 1] - startB || count > FrLanes.MostTerms)
        {
            return false;
        }

        for (var term = 0; term < count; term++)
        {
            if (_coefficientIds[startA + term] != _coefficientIds[startB + term])
            {
                return false;
            }
        }

        return count == 0 || (_rowSlots[startA] == 0) == (_rowSlots[startB] == 0);
    }
}
