namespace Prover.Backends.Cpu.Ifma;

/// <summary>All factors below one block, made from its bases and the first roots, and the block's transforms that use them.</summary>
/// <remarks>Stages run between rows until blocks are eight elements long. Then groups of eight rows are transposed, and the last three stages run between rows as well.</remarks>
internal readonly unsafe struct NttBlockFactors
{
    private const int Lanes = 8;
    private const int StagesInLanes = 3;
    private const int BaseRows = 2;

    private readonly int _bits;
    private readonly byte* _betweenRows;

    /// <param name="plan">The plan.</param>
    /// <param name="roots">One of its directions.</param>
    /// <param name="block">The block's number in the last stage on columns.</param>
    /// <param name="memory">Room for <see cref="Rows"/> rows.</param>
    public NttBlockFactors(NttPlan plan, NttRoots roots, int block, byte* memory)
    {
        _bits = plan.BlockBits;
        _betweenRows = memory;
        var bases = memory + (nint)(Rows(plan) - BaseRows) * KernelData.BlockBytes;
        WriteBases(roots, roots.LastBase(block), bases);

        // Those of stage s from number 2ˢ on: whole rows from s = 3 on. Of stage 3 there is one row, but two are written; what follows comes later.
        for (var stage = 3; stage < _bits - StagesInLanes; stage++)
        {
            Scale(NttFactors.Address(_betweenRows, 1 << stage), Math.Max(2, (1 << stage) / Lanes), roots.All, NttFactors.Address(bases, stage));
        }

        for (var stage = 0; stage < StagesInLanes; stage++)
        {
            Scale(InLanes(stage), Math.Max(2, Groups << stage), roots.InLanes(stage), NttFactors.Address(bases, _bits - StagesInLanes + stage));
        }
    }

    /// <summary>How many rows of memory the factors of a block take.</summary>
    public static int Rows(NttPlan plan) => plan.BlockRows + BaseRows;

    private int Groups => 1 << (_bits - 6);

    /// <summary>Natural to bit-reversed order; groups of eight rows are left transposed.</summary>
    public void InTime(byte* rows)
    {
        NttStages.InTime(rows, _bits - StagesInLanes, _betweenRows, root: 1);
        NttStages.Run(NttCode.Instance.ToLanes, rows, Groups);
        for (var stage = 0; stage < StagesInLanes; stage++)
        {
            NttCode.Instance.InTimeInLanes.Run(rows, Groups << stage, 4 >> stage, InLanes(stage));
        }
    }

    /// <summary>Bit-reversed to natural order, from groups of eight rows that are transposed.</summary>
    /// <param name="rows">In [0, 2p).</param>
    public void InFrequency(byte* rows)
    {
        for (var stage = StagesInLanes - 1; stage >= 0; stage--)
        {
            NttCode.Instance.InFrequencyInLanes.Run(rows, Groups << stage, 4 >> stage, InLanes(stage));
        }

        NttStages.Run(NttCode.Instance.ToRows, rows, Groups);
        NttStages.InFrequency(rows, _bits - StagesInLanes, _betweenRows, root: 1);
    }

    private static void Scale(byte* target, int rows, byte* source, byte* factor) => NttStages.Run(NttCode.Instance.Scale, target, rows, source, factor);

    /// <summary>Those of the stages in lanes follow in order, as those between rows do: with 2^stage rows for each group from row 2^stage·groups on.</summary>
    private byte* InLanes(int stage) => _betweenRows + ((nint)Groups << stage) * KernelData.BlockBytes;

    /// <summary>The base of each stage is the square of the next one's. Those of the first three stages are multiplied out here.</summary>
    private void WriteBases(NttRoots roots, Fr last, byte* bases)
    {
        var (stageBase, first) = (last, roots.First);
        for (var stage = _bits - 1; stage >= 0; stage--)
        {
            if (stage < 3)
            {
                for (var l = 0; l < 1 << stage; l++)
                {
                    NttFactors.Write(_betweenRows, (1 << stage) + l, stageBase * first[l]);
                }
            }

            NttFactors.Write(bases, stage, stageBase);
            stageBase = stageBase.Square();
        }
    }
}
