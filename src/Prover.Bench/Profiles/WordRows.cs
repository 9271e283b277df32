using System.Numerics;
using Prover.Constraints;

namespace Prover.Bench;

/// <summary>Writes rows over words of 32 bits, and the witness along with them.</summary>
/// <remarks>
/// Seeds and sums are held to bits by rows b·(b − 1) = 0. Whatever is combined from bits without a sum is a bit by the row that defines it.
/// Different words passed to one call share no wires.
/// </remarks>
internal sealed class WordRows
{
    private const int One = 0;
    private static readonly Fr Two = Fr.FromUInt64(2);
    private static readonly Fr MinusOne = -Fr.One;
    private static readonly Fr MinusTwo = -Two;

    /// <summary>2ⁱ, for the bits of a sum of up to 8 words.</summary>
    private static readonly Fr[] Powers = [.. Enumerable.Range(0, Word.Bits + 3).Select(i => Fr.FromUInt64(1UL << i))];

    private readonly RowBuilder _a = new();
    private readonly RowBuilder _b = new();
    private readonly RowBuilder _c = new();
    private readonly List<Fr> _witness = [Fr.One];

    /// <summary>Wires for numbers that <see cref="Number"/> sets later.</summary>
    public WordRows(int numbers)
    {
        for (var i = 0; i < numbers; i++)
        {
            _witness.Add(Fr.Zero);
        }
    }

    /// <summary>A word that follows from nothing. 32 rows.</summary>
    public Word Input(uint value)
    {
        var word = NewWord(value);
        RequireBits(word.First, Word.Bits);
        return word;
    }

    /// <summary>ROTR(first) ⊕ ROTR(second) ⊕ ROTR(third), Σ of FIPS 180-4. 64 rows.</summary>
    public Word Rotations(Word word, int first, int second, int third) => Xor(word, first, second, third, Word.Bits);

    /// <summary>ROTR(first) ⊕ ROTR(second) ⊕ SHR(shift), σ of FIPS 180-4. 64 − shift rows.</summary>
    public Word RotationsAndShift(Word word, int first, int second, int shift) => Xor(word, first, second, shift, Word.Bits - shift);

    /// <summary>The bits of g where e is 0, and of f where it is 1. 32 rows e·(f − g) = choice − g.</summary>
    public Word Choice(Word e, Word f, Word g)
    {
        var choice = NewWord((e.Value & f.Value) | (~e.Value & g.Value));
        for (var i = 0; i < Word.Bits; i++)
        {
            _a.Add(e.Wire(i), Fr.One);
            AddInOrder(_b, f.Wire(i), Fr.One, g.Wire(i), MinusOne);
            AddInOrder(_c, g.Wire(i), MinusOne, choice.Wire(i), Fr.One);
            EndRow();
        }

        return choice;
    }

    /// <summary>The bits that most of a, b and c have. 64 rows b·c = both and a·(b + c − 2·both) = majority − both.</summary>
    public Word Majority(Word a, Word b, Word c)
    {
        var both = NewWord(b.Value & c.Value);
        var majority = NewWord((a.Value & b.Value) | (a.Value & c.Value) | (b.Value & c.Value));
        for (var i = 0; i < Word.Bits; i++)
        {
            _a.Add(b.Wire(i), Fr.One);
            _b.Add(c.Wire(i), Fr.One);
            _c.Add(both.Wire(i), Fr.One);
            EndRow();
            _a.Add(a.Wire(i), Fr.One);
            AddInOrder(_b, b.Wire(i), Fr.One, c.Wire(i), Fr.One);
            _b.Add(both.Wire(i), MinusTwo);
            _c.Add(both.Wire(i), MinusOne);
            _c.Add(majority.Wire(i), Fr.One);
            EndRow();
        }

        return majority;
    }

    /// <summary>The sum of 2 to 8 words, one of them perhaps a constant, modulo 2³². 33 rows and one for each bit that may carry out.</summary>
    /// <remarks>n addends are below n·2³², so they carry out at most 3 bits; nothing wraps modulo r.</remarks>
    public Word Sum(uint? constant, params ReadOnlySpan<Word> words)
    {
        Span<Word> ordered = stackalloc Word[words.Length];
        words.CopyTo(ordered);
        ordered.Sort(static (x, y) => x.First.CompareTo(y.First));
        var addends = words.Length + (constant is null ? 0 : 1);
        var bits = Word.Bits + BitOperations.Log2((uint)(addends - 1)) + 1;
        var total = (ulong)(constant ?? 0);
        if (constant is { } number)
            _a.Add(One, Fr.FromUInt64(number));

        foreach (var word in ordered)
        {
            total += word.Value;
            AddNumber(_a, word.First, Word.Bits);
        }

        var sum = NewBits(total, bits);
        _b.Add(One, Fr.One);
        AddNumber(_c, sum, bits);
        EndRow();
        RequireBits(sum, bits);
        return new Word(sum, (uint)total);
    }

    /// <summary>Sets a wire to the number that a word's bits make. 1 row.</summary>
    public void Number(int wire, Word word)
    {
        _witness[wire] = Fr.FromUInt64(word.Value);
        AddNumber(_a, word.First, Word.Bits);
        _b.Add(One, Fr.One);
        _c.Add(wire, Fr.One);
        EndRow();
    }

    /// <summary>The circuit and its witness.</summary>
    public Profile Build(string name, int publicOutputs, int privateInputs) =>
        new(name, new R1cs(_witness.Count, publicOutputs, 0, privateInputs, _a.Build(), _b.Build(), _c.Build()), _witness.ToArray());

    /// <summary>x ⊕ y twice for each bit, the second time only for the lowest <paramref name="thirdBits"/>.</summary>
    /// <remarks>
    /// A row is 2x·y = x + y − (x ⊕ y). Results lie together although they come from either step:
    /// <code>
    /// results of both steps, bits 0 … n−1 | results of the first, bits n … 31 | between the steps, bits 0 … n−1     n: thirdBits
    /// </code>
    /// </remarks>
    private Word Xor(Word word, int first, int second, int third, int thirdBits)
    {
        var once = BitOperations.RotateRight(word.Value, first) ^ BitOperations.RotateRight(word.Value, second);
        var kept = uint.MaxValue >> (Word.Bits - thirdBits);
        var result = NewWord(once ^ (BitOperations.RotateRight(word.Value, third) & kept));
        var between = NewBits(once, thirdBits);
        for (var i = 0; i < Word.Bits; i++)
        {
            AddXor(word.Wire(i + first), word.Wire(i + second), i < thirdBits ? between + i : result.Wire(i));
            if (i < thirdBits)
                AddXor(word.Wire(i + third), between + i, result.Wire(i));
        }

        return result;
    }

    /// <summary>One row: wire z carries the exclusive or of wires x and y.</summary>
    private void AddXor(int x, int y, int z)
    {
        _a.Add(x, Two);
        _b.Add(y, Fr.One);
        // The first step's x and y precede z; in the second step only x does.
        if (x < z && y < z)
        {
            AddInOrder(_c, x, Fr.One, y, Fr.One);
            _c.Add(z, MinusOne);
        }
        else
        {
            _c.Add(x, Fr.One);
            AddInOrder(_c, y, Fr.One, z, MinusOne);
        }

        EndRow();
    }

    private void RequireBits(int first, int count)
    {
        for (var wire = first; wire < first + count; wire++)
        {
            _a.Add(wire, Fr.One);
            _b.Add(One, MinusOne);
            _b.Add(wire, Fr.One);
            EndRow();
        }
    }

    private Word NewWord(uint value) => new(NewBits(value, Word.Bits), value);

    private int NewBits(ulong value, int count)
    {
        var first = _witness.Count;
        for (var i = 0; i < count; i++)
        {
            _witness.Add(((value >> i) & 1) == 0 ? Fr.Zero : Fr.One);
        }

        return first;
    }

    private static void AddNumber(RowBuilder matrix, int first, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            matrix.Add(first + i, Powers[i]);
        }
    }

    private static void AddInOrder(RowBuilder matrix, int x, Fr ofX, int y, Fr ofY)
    {
        var xFirst = x < y;
        matrix.Add(xFirst ? x : y, xFirst ? ofX : ofY);
        matrix.Add(xFirst ? y : x, xFirst ? ofY : ofX);
    }

    private void EndRow()
    {
        _a.EndRow();
        _b.EndRow();
        _c.EndRow();
    }
}
