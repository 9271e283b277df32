using System.Runtime.InteropServices;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Orders the instructions of a tape by levels: none reads what another of its level writes.</summary>
/// <remarks>
/// Calls that do not depend on each other come to lie side by side, so that their inversions are made together and their instructions can be
/// shared among threads. Within a level inversions come first; then those that do the same to other slots lie together, as the same instruction
/// of many calls does, so that they can be executed at once; and else the order is that of the program. Operands are in the order of their
/// first use. Requirements are numbered in program order, so that the first that fails can still be told.
/// </remarks>
internal static class TapeSchedule
{
    /// <summary>The same tape in levels, and the steps of states with the rows that their operands have there.</summary>
    public static (WitnessTape Tape, StateProgram States) Order(WitnessTape tape, StateProgram states)
    {
        var levels = Levels(tape);
        var kinds = Kinds(tape);
        var keys = new (long Place, int Index)[levels.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var isLater = tape.Instructions[i].Operation is TapeOperation.Inverse or TapeOperation.IsZero ? 0L : 1L;
            keys[i] = (((long)levels[i] << 33) | (isLater << 32) | (uint)kinds[i], i);
        }

        Array.Sort(keys);
        List<int> ends = [];
        var instructions = new TapeInstruction[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            instructions[i] = tape.Instructions[keys[i].Index];
            if (i > 0 && keys[i].Place >> 33 != keys[i - 1].Place >> 33)
            {
                ends.Add(i);
            }
        }

        if (keys.Length > 0)
        {
            ends.Add(keys.Length);
        }

        return OrderOperands(tape with { Instructions = instructions, LevelEnds = [.. ends] }, states);
    }

    /// <summary>Numbers that instructions have in common if they have the same operation and operands of the same shape.</summary>
    private static int[] Kinds(WitnessTape tape)
    {
        var shapes = new OperandShapes(tape.Linear);
        Dictionary<(TapeOperation, int, int), int> numbers = [];
        var kinds = new int[tape.Instructions.Length];
        for (var i = 0; i < kinds.Length; i++)
        {
            ref readonly var instruction = ref tape.Instructions[i];
            var second = instruction.Y == instruction.X ? int.MaxValue : instruction.Y < 0 ? -1 : shapes[instruction.Y];
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (instruction.Operation, shapes[instruction.X], second), out var isKnown);
            kinds[i] = number = isKnown ? number : numbers.Count;
        }

        return kinds;
    }

    /// <summary>The same tape with its operands in the order in which instructions name them, and behind those what only requirements print and states need.</summary>
    private static (WitnessTape Tape, StateProgram States) OrderOperands(WitnessTape tape, StateProgram states)
    {
        var order = new List<int>(tape.Linear.RowCount);
        var places = new int[tape.Linear.RowCount];
        places.AsSpan().Fill(-1);
        TapeInstruction[] instructions = [.. tape.Instructions.Select(instruction => instruction with { X = PlaceOf(instruction.X), Y = PlaceOf(instruction.Y) })];
        TapeRequirement[] requirements = [.. tape.Requirements.Select(requirement => requirement with
        {
            Arguments = [.. requirement.Arguments.Select(argument => argument with { Linear = PlaceOf(argument.Linear) })],
        })];
        states = states.WithRows(PlaceOf);
        return (tape with { Instructions = instructions, Requirements = requirements, Linear = tape.Linear.Select(CollectionsMarshal.AsSpan(order)) }, states);

        int PlaceOf(int row)
        {
            if (row >= 0 && places[row] < 0)
            {
                places[row] = order.Count;
                order.Add(row);
            }

            return row < 0 ? row : places[row];
        }
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
