namespace Prover.Constraints;

/// <summary>Distinct coefficients numbered in the order of their first use.</summary>
public sealed class CoefficientTable
{
    private readonly Dictionary<Fr, int> _ids = [];
    private Fr[]? _array;

    /// <summary>The number of a coefficient, new or old.</summary>
    public int IdOf(in Fr coefficient)
    {
        if (!_ids.TryGetValue(coefficient, out var id))
        {
            id = _ids.Count;
            _ids.Add(coefficient, id);
            _array = null;
        }

        return id;
    }

    /// <summary>All coefficients by number; the same array until another is added.</summary>
    public Fr[] ToArray()
    {
        if (_array is null)
        {
            _array = new Fr[_ids.Count];
            foreach (var (coefficient, id) in _ids)
            {
                _array[id] = coefficient;
            }
        }

        return _array;
    }
}
