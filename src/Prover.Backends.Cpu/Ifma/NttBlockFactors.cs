namespace Prover.Backends.Cpu.Ifma;

/// <summary>All factors below one block, made from its bases and the first roots, and the block's transforms that use them.</summary>
internal readonly unsafe struct NttBlockFactors
{
    private const int Lanes = 8;
    private const int BaseRows = 2;

    private readonly int _bits;
    private readonly byte* _betweenRows, _inLanes;

    /// <param name="plan">The plan.</param>
    /// <param name="roots">One of its directions.</param>
    /// <param name="block">The block's number in the last stage on columns.</param>
    /// <param name="memory">Room for <see cref="Rows"/> rows.</param>
    public NttBlockFactors(NttPlan plan, NttRoots roots, int block, byte* memory)
    {
        _bits = plan.BlockBits;
        _betweenRows = memory;
        _inLanes = memory + (nint)(plan.BlockRows / Lanes) * KernelData.BlockBytes;
        var bases = memory + (nint)(Rows(plan) - BaseRows) * KernelData.BlockBytes;
        WriteBases(roots, roots.LastBase(block), bases);

        // Those of stage s from number 2ˢ on: whole rows from s = 3 on. Of stage 3 there is one row, but two are written; what follows comes later.
        for (var stage = 3; stage <= _bits - 4; stage++)
        {
            NttStages.Run(
                NttCode.Instance.Scale, NttFactors.Address(_betweenRows, 1 << stage), Math.Max(2, (1 << stage) / Lanes),
                roots.All, NttFactors.Address(bases, stage));
        }

        NttStages.Run(
            NttCode.Instance.LaneFactors, _inLanes, plan.BlockRows / Lanes, roots.EveryFourth, NttFactors.Address(bases, _bits - 1), (nint)roots.All);
    }

    /// <summary>How many rows of memory the factors of a block take.</summary>
    public static int Rows(NttPlan plan) => plan.BlockRows / Lanes * (1 + NttCode.FactorsOfGroup) + BaseRows;

    /// <summary>Natural to bit-reversed order; groups of eight rows are left transposed.</summary>
    public void InTime(byte* rows)
    {
        NttStages.InTime(rows, _bits - 3, _betweenRows, root: 1);
        NttStages.Run(NttCode.Instance.InTimeInLanes, rows, 1 << (_bits - 6), factors: _inLanes);
    }

    /// <summary>Bit-reversed to natural order, from groups of eight rows that are transposed.</summary>
    public void InFrequency(byte* rows)
    {
        NttStages.Run(NttCode.Instance.InFrequencyInLanes, rows, 1 << (_bits - 6), factors: _inLanes);
        NttStages.InFrequency(rows, _bits - 3, _betweenRows, root: 1);
    }

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
