using Prover.Constraints;

namespace Prover.Compiler;

/// <summary>Adds many combinations in time linear in their terms, by scattering into an array indexed by variable.</summary>
internal sealed class TermAccumulator
{
    private readonly List<int> _touched = [];
    private Fr[] _sums = [];
    private bool[] _isTouched = [];
    private Fr _constant;

    /// <summary>Adds factor·combination.</summary>
    public void Add(LinearCombination combination, in Fr factor)
    {
        _constant += combination.Constant * factor;
        if (combination.IsConstant || factor.IsZero)
        {
            return;
        }

        var variables = combination.Variables;
        var coefficients = combination.Coefficients;
        EnsureCapacity(variables[^1] + 1);
        for (var i = 0; i < variables.Length; i++)
        {
            var variable = variables[i];
            if (!_isTouched[variable])
            {
                _isTouched[variable] = true;
                _touched.Add(variable);
            }

            _sums[variable] += factor.IsOne ? coefficients[i] : coefficients[i] * factor;
        }
    }

    /// <summary>The sum, after which the accumulator is empty again.</summary>
    public LinearCombination Take()
    {
        _touched.Sort();
        var variables = new int[_touched.Count];
        var coefficients = new Fr[_touched.Count];
        var count = 0;
        foreach (var variable in _touched)
        {
            if (!_sums[variable].IsZero)
            {
                variables[count] = variable;
                coefficients[count++] = _sums[variable];
            }

            _sums[variable] = Fr.Zero;
            _isTouched[variable] = false;
        }

        _touched.Clear();
        Array.Resize(ref variables, count);
        Array.Resize(ref coefficients, count);
        var sum = LinearCombination.FromSorted(variables, coefficients, _constant);
        _constant = Fr.Zero;
        return sum;
    }

    private void EnsureCapacity(int size)
    {
        if (size > _sums.Length)
        {
            var capacity = Math.Max(size, _sums.Length * 2);
            Array.Resize(ref _sums, capacity);
            Array.Resize(ref _isTouched, capacity);
        }
    }
}
