namespace Prover.Constraints;

/// <summary>
/// Σ coefficient·variable + constant over Fr, immutable: variables ascend, no coefficient is zero. What a variable number
/// means (a wire, a slot of the tape) is the holder's affair.
/// </summary>
public sealed class LinearCombination : IEquatable<LinearCombination>
{
    private readonly int[] _variables;
    private readonly Fr[] _coefficients;
    private int _hash;

    private LinearCombination(int[] variables, Fr[] coefficients, Fr constant)
    {
        _variables = variables;
        _coefficients = coefficients;
        Constant = constant;
    }

    /// <summary>The combination 0.</summary>
    public static LinearCombination Zero { get; } = new([], [], Fr.Zero);

    /// <summary>The combination 1.</summary>
    public static LinearCombination One { get; } = new([], [], Fr.One);

    /// <summary>The summand without a variable.</summary>
    public Fr Constant { get; }

    /// <summary>The variables, strictly ascending.</summary>
    public ReadOnlySpan<int> Variables => _variables;

    /// <summary>The non-zero coefficients, in the order of <see cref="Variables"/>.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients;

    /// <summary>Number of variables.</summary>
    public int Count => _variables.Length;

    /// <summary>Whether no variable occurs.</summary>
    public bool IsConstant => _variables.Length == 0;

    /// <summary>The combination of a constant alone.</summary>
    public static LinearCombination FromConstant(Fr constant) => constant.IsZero ? Zero : constant.IsOne ? One : new([], [], constant);

    /// <summary>1·variable.</summary>
    public static LinearCombination FromVariable(int variable) => new([variable], [Fr.One], Fr.Zero);

    /// <summary>Takes over arrays that already ascend strictly and hold no zero.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static LinearCombination FromSorted(int[] variables, Fr[] coefficients, Fr constant)
    {
        if (variables.Length != coefficients.Length)
        {
            throw new ArgumentException($"{variables.Length} variables, but {coefficients.Length} coefficients.", nameof(coefficients));
        }

        for (var i = 0; i < variables.Length; i++)
        {
            if (coefficients[i].IsZero || (i > 0 && variables[i] <= variables[i - 1]))
            {
                throw new ArgumentException($"Term {i} has a zero coefficient or a variable out of order.", nameof(variables));
            }
        }

        return variables.Length == 0 ? FromConstant(constant) : new(variables, coefficients, constant);
    }

    /// <summary>This + constant.</summary>
    public LinearCombination AddConstant(Fr constant) =>
        constant.IsZero ? this : new(_variables, _coefficients, Constant + constant);

    /// <summary>factor·this.</summary>
    public LinearCombination Scale(Fr factor)
    {
        if (factor.IsZero)
        {
            return Zero;
        }

        if (factor.IsOne)
        {
            return this;
        }

        var isNegation = (-factor).IsOne;
        var scaled = new Fr[_coefficients.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = isNegation ? -_coefficients[i] : _coefficients[i] * factor;
        }

        return new(_variables, scaled, Constant * factor);
    }

    /// <summary>This + factor·other, by merging.</summary>
    public LinearCombination AddScaled(LinearCombination other, Fr factor)
    {
        if (factor.IsZero)
        {
            return this;
        }

        var constant = Constant + (other.Constant * factor);
        if (other.IsConstant)
        {
            return IsConstant ? FromConstant(constant) : new(_variables, _coefficients, constant);
        }

        var variables = new int[Count + other.Count];
        var coefficients = new Fr[variables.Length];
        var count = Merge(other, factor, variables, coefficients);
        if (count != variables.Length)
        {
            Array.Resize(ref variables, count);
            Array.Resize(ref coefficients, count);
        }

        return count == 0 ? FromConstant(constant) : new(variables, coefficients, constant);
    }

    /// <summary>If this is 1·v, the variable v.</summary>
    public bool IsVariable(out int variable)
    {
        variable = Count == 1 ? _variables[0] : -1;
        return Count == 1 && Constant.IsZero && _coefficients[0].IsOne;
    }

    /// <summary>The same combination of other variables, which must be different ones.</summary>
    /// <param name="nameOf">The new name of each variable.</param>
    public LinearCombination Rename(ReadOnlySpan<int> nameOf)
    {
        var variables = new int[Count];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = nameOf[_variables[i]];
        }

        var coefficients = _coefficients.AsSpan().ToArray();
        Array.Sort(variables, coefficients);
        return FromSorted(variables, coefficients, Constant);
    }

    /// <summary>The value, each variable v standing for <c>values[v]</c>.</summary>
    public Fr Evaluate(ReadOnlySpan<Fr> values)
    {
        var sum = Constant;
        for (var i = 0; i < _variables.Length; i++)
        {
            sum += _coefficients[i] * values[_variables[i]];
        }

        return sum;
    }

    public bool Equals(LinearCombination? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && GetHashCode() == other.GetHashCode()
            && Constant == other.Constant
            && Variables.SequenceEqual(other.Variables)
            && Coefficients.SequenceEqual(other.Coefficients));

    public override bool Equals(object? obj) => Equals(obj as LinearCombination);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var hash = Constant.GetHashCode();
            for (var i = 0; i < _variables.Length; i++)
            {
                hash = unchecked((((hash * 31) + _variables[i]) * 31) + _coefficients[i].GetHashCode());
            }

            _hash = hash == 0 ? 1 : hash;
        }

        return _hash;
    }

    public override string ToString() =>
        string.Join(" + ", Enumerable.Range(0, Count).Select(i => $"{_coefficients[i].ToSignedInteger()}·v{_variables[i]}").Append($"{Constant.ToSignedInteger()}"));

    private int Merge(LinearCombination other, Fr factor, int[] variables, Fr[] coefficients)
    {
        int i = 0, j = 0, count = 0;
        var (isOne, isNegation) = (factor.IsOne, (-factor).IsOne);
        while (i < Count || j < other.Count)
        {
            var left = i < Count ? _variables[i] : int.MaxValue;
            var right = j < other.Count ? other._variables[j] : int.MaxValue;
            var coefficient = left <= right ? _coefficients[i++] : Fr.Zero;
            if (right <= left)
            {
                var term = other._coefficients[j++];
                coefficient = isNegation ? coefficient - term : coefficient + (isOne ? term : term * factor);
            }

            if (!coefficient.IsZero)
            {
                variables[count] = Math.Min(left, right);
                coefficients[count++] = coefficient;
            }
        }

        return count;
    }
}
