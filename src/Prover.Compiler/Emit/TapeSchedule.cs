using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Orders the instructions of a tape by levels: none reads what another of its level writes.</summary>
/// <remarks>
/// Calls that do not depend on each other come to lie side by side, so that their inversions are made together and their instructions can be
/// shared among threads. Within a level inversions come first, and everything else in program order. Requirements are numbered in
/// program order, so that the first that fails can still be told.
/// </remarks>
internal static class TapeSchedule
{
    /// <summary>The same tape in levels.</summary>
    public static WitnessTape Order(WitnessTape tape)
    {
        var levels = Levels(tape);
        var keys = new long[levels.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var isLater = tape.Instructions[i].Operation is TapeOperation.Inverse or TapeOperation.IsZero ? 0L : 1L;
            keys[i] = ((long)levels[i] << 33) | (isLater << 32) | (uint)i;
        }

        Array.Sort(keys);
        List<int> ends = [];
        var instructions = new TapeInstruction[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            instructions[i] = tape.Instructions[(int)(uint)keys[i]];
            if (i > 0 && keys[i] >> 33 != keys[i - 1] >> 33)
            {
                ends.Add(i);
            }
        }

        if (keys.Length > 0)
        {
            ends.Add(keys.Length);
        }

        return tape with { Instructions = instructions, LevelEnds = [.. ends] };
    }

    /// <summary>For each instruction one more than the greatest level of the slots that it reads.</summary>
    private static int[] Levels(WitnessTape tape)
    {
        var levelOfSlot = new int[tape.SlotCount];
        var levelOfRow = new int[tape.Linear.RowCount];
        levelOfRow.AsSpan().Fill(-1);
        var levels = new int[tape.Instructions.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            ref readonly var instruction = ref tape.Instructions[i];
            var level = 1 + Math.Max(LevelOf(instruction.X), instruction.Y < 0 ? 0 : LevelOf(instruction.Y));
            levels[i] = level;
            var outputs = tape.OutputCount(instruction);
            if (outputs > 0)
            {
                levelOfSlot.AsSpan(instruction.Destination, outputs).Fill(level);
            }
        }

        return levels;

        int LevelOf(int row)
        {
            ref var level = ref levelOfRow[row];
            if (level < 0)
            {
                level = 0;
                foreach (var slot in tape.Linear.WiresOf(row))
                {
                    level = Math.Max(level, levelOfSlot[slot]);
                }
            }

            return level;
        }
    }
}
