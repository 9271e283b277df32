using System.Numerics;
using Prover.Language;
using Prover.Primitives;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>How the built-ins are called.</summary>
    internal static readonly Dictionary<string, string> Signatures = new(StringComparer.Ordinal)
    {
        ["abs"] = "abs(number)",
        ["field"] = "field(number, bool or field value)",
        ["raw"] = "raw(number)",
        ["dec"] = "dec<scale>(int)",
        ["int"] = "int(bool)",
        ["bits"] = "bits<n>(int)",
        ["field_bits"] = "field_bits(field value)",
        ["inverse"] = "inverse(field value)",
        ["quotient"] = "quotient(field value, field value)",
        ["wire"] = "wire(number or field value)",
        ["len"] = "len(array)",
        ["concat"] = "concat(array, array, …) or concat(array of arrays)",
        ["max"] = "max(number, number, …), max(array) or max(i in a..b: number)",
        ["min"] = "min(number, number, …), min(array) or min(i in a..b: number)",
        ["argmax"] = "argmax(array) or argmax(i in a..b: number)",
        ["argmin"] = "argmin(array) or argmin(i in a..b: number)",
        ["sum"] = "sum(array) or sum(i in a..b: number or field value)",
        ["product"] = "product(array) or product(i in a..b: number or field value)",
        ["all"] = "all(array) or all(i in a..b: bool)",
        ["any"] = "any(array) or any(i in a..b: bool)",
        ["count"] = "count(array) or count(i in a..b: bool)",
        ["round"] = "round(number, to scale, mode)",
        ["div"] = "div(number, number, to scale, mode)",
        ["narrow"] = "narrow(value, type, \"message\")",
    };

    private Value EvaluateBuiltIn(CallExpression call, Scope? scope) => call.Name.StartsWith("poseidon_", StringComparison.Ordinal)
        ? PoseidonTable(call, scope)
        : Apply(call, EvaluateAll(call.Arguments, scope), scope);

    /// <remarks>Apart from the evaluation of the arguments, whose depth on the stack it would add to.</remarks>
    private Value Apply(CallExpression call, Value[] arguments, Scope? scope)
    {
        if (call.Name is "max" or "min" && arguments.Length >= 2)
        {
            return Combine(call.Name, arguments, call);
        }

        if (call.Name is "max" or "min" or "sum" or "product" or "all" or "any" or "count" && arguments is [ArrayValue elements])
        {
            return Combine(call.Name, elements.Elements, call);
        }

        if (call.Name is "argmax" or "argmin" && arguments is [ArrayValue candidates])
        {
            return IndexOfExtreme(call.Name, candidates.Elements, 0, call);
        }

        if (call.Name is "concat" && arguments.All(argument => argument is ArrayValue))
        {
            // One argument is an array of arrays; several are arrays.
            var parts = arguments is [ArrayValue nested] ? nested.Elements : arguments;
            var size = parts.Sum(part => part.Size);
            RequireSize(size, call.Span);
            Charge(size, call.Span);
            return new ArrayValue([.. parts.SelectMany(part => part is ArrayValue inner
                ? inner.Elements
                : throw Error("R0202", $"concat joins arrays, found {part.Describe()}", call.Span, "here"))]);
        }

        if (call.Name is "len" && arguments is [ArrayValue array])
        {
            return Scalar.Number(array.Elements.Length);
        }

        using var _ = builder.At(call.Span);
        return (call.Name, arguments) switch
        {
            ("abs", [Scalar { Kind: ScalarKind.Number } x]) => Absolute(x),
            ("field", [Scalar { Kind: ScalarKind.Field } x]) => x,
            ("field", [Scalar { IsKnown: true } x]) => FieldConstant(x, call.Span),
            ("field", [Scalar x]) => Scalar.Of(builder.ToField(SignalOf(x)), ScalarKind.Field),
            ("raw", [Scalar { Kind: ScalarKind.Number } x]) => x.WithScale(0),
            ("dec", [Scalar { Kind: ScalarKind.Number, Scale: 0 } x]) => x.WithScale(EvaluateGenericCount(call, scope, MaximumScale)),
            ("int", [Scalar { Kind: ScalarKind.Boolean } x]) => ToInteger(x),
            ("bits", [Scalar { Kind: ScalarKind.Number, Scale: 0 } x]) => Bits(x, EvaluateGenericCount(call, scope, 254), call),
            ("field_bits", [Scalar { Kind: ScalarKind.Field } x]) => Booleans(builder.CanonicalBits(SignalOf(x))),
            ("inverse", [Scalar { Kind: ScalarKind.Field } x]) =>
                Scalar.Of(builder.Inverse(SignalOf(x), CurrentGuard, Requirement("division by zero", call.Span)), ScalarKind.Field),
            ("wire", [Scalar { Kind: not ScalarKind.Boolean } x]) => x.IsKnown ? x : Scalar.Of(builder.Wire(SignalOf(x)), x.Kind, x.Scale).WithUnit(x.Unit),
            ("quotient", [Scalar { Kind: ScalarKind.Field } x, Scalar { Kind: ScalarKind.Field } y]) =>
                Scalar.Of(builder.Quotient(SignalOf(x), SignalOf(y), CurrentGuard, Requirement("division by zero", call.Span)), ScalarKind.Field),
            _ => throw Error(
                "R0202",
                $"{call.Name} does not apply to ({string.Join(", ", arguments.Select(argument => argument.Describe()))})",
                call.Span,
                "here",
                Signatures.TryGetValue(call.Name, out var signature) ? $"it is {signature}" : null),
        };
    }

    private Scalar Absolute(Scalar value) => value.IsKnown
        ? Scalar.Number(BigInteger.Abs(value.Known), value.Scale).WithUnit(value.Unit)
        : Scalar.Of(builder.Absolute(SignalOf(value)), ScalarKind.Number, value.Scale).WithUnit(value.Unit);

    private ArrayValue Bits(Scalar value, int count, CallExpression call)
    {
        var interval = value.Interval;
        return interval.Low.Sign >= 0 && interval.High.GetBitLength() <= count
            ? Booleans(builder.Bits(SignalOf(value), count))
            : throw Error("R0204", $"bits<{count}> needs an integer from 0 to 2^{count} - 1, found one in {interval}", call.Span, "here", "narrow(x, int[0 .. …], \"message\") first");
    }

    private static ArrayValue Booleans(Signal[] bits) => new([.. bits.Select(bit => (Value)Scalar.Of(bit, ScalarKind.Boolean))]);

    private int EvaluateGenericCount(CallExpression call, Scope? scope, int maximum) => call.Generics is [var count]
        ? EvaluateCount(count, scope, $"the generic argument of {call.Name}", maximum)
        : throw Error("R0401", $"{call.Name} takes one generic argument, {call.Name}<n>(x)", call.Span, "here");

    private Value PoseidonTable(CallExpression call, Scope? scope)
    {
        var width = EvaluateGenericCount(call, scope, PoseidonConstants.MaximumWidth);
        if (width < PoseidonConstants.MinimumWidth || call.Arguments.Count != 0)
        {
            throw Error("R0402", $"{call.Name} is defined for widths {PoseidonConstants.MinimumWidth} to {PoseidonConstants.MaximumWidth}", call.Span, "here");
        }

        if (_fragments.Constants.TryGetValue($"{call.Name}<{width}>", out var known))
        {
            return known;
        }

        var constants = PoseidonConstants.ForWidth(width);
        return _fragments.Constants[$"{call.Name}<{width}>"] = call.Name switch
        {
            "poseidon_constants" => Fields(constants.RoundConstants),
            "poseidon_matrix" => new ArrayValue([.. constants.Matrix.Chunk(width).Select(Fields)]),
            "poseidon_partial_rounds" => Scalar.Number(constants.PartialRounds),
            "poseidon_sparse_constants" => new ArrayValue([.. constants.Partial.Value.Constants.Select(Fields)]),
            "poseidon_sparse_rows" => new ArrayValue([.. constants.Partial.Value.Rows.Select(Fields)]),
            "poseidon_sparse_columns" => new ArrayValue([.. constants.Partial.Value.Columns.Select(Fields)]),
            _ => new ArrayValue([.. constants.Partial.Value.Rest.Chunk(width - 1).Select(Fields)]),
        };
    }

    private static ArrayValue Fields(Fr[] values) => new([.. values.Select(value => (Value)Scalar.Field(value))]);
}
