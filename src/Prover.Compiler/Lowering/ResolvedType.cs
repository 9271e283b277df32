using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>A type with all its constants evaluated.</summary>
internal abstract record ResolvedType
{
    /// <summary>Number of scalars of a value.</summary>
    public virtual long Size => 1;
}

/// <summary><c>bool</c>.</summary>
internal sealed record BooleanType : ResolvedType
{
    public override string ToString() => "bool";
}

/// <summary><c>field</c>.</summary>
internal sealed record FieldType : ResolvedType
{
    public override string ToString() => "field";
}

/// <summary><c>int</c> or <c>dec(s)</c> of some unit; without bounds in parameters that take any.</summary>
internal sealed record NumberType(int Scale, Interval? Bounds, UnitOfMeasure Unit) : ResolvedType
{
    public override string ToString() =>
        (Scale == 0 ? "int" : $"dec({Scale})") + (Bounds is { } bounds ? $"[{bounds.Low} .. {bounds.High}]" : "") + (Unit.IsNone ? "" : $" {Unit}");
}

/// <summary><c>[T; N]</c>.</summary>
internal sealed record ArrayType(ResolvedType Element, int Length) : ResolvedType
{
    public override long Size => Element.Size * Length;

    public override string ToString() => $"[{Element}; {Length}]";
}

/// <summary><c>tree&lt;D, T&gt;</c>: a Merkle tree of 4^D leaves of a type, only ever a rule's state.</summary>
internal sealed record TreeType(int Depth, ResolvedType Leaf) : ResolvedType
{
    public override string ToString() => $"tree<{Depth}, {Leaf}>";
}

/// <summary>A struct with its generic arguments.</summary>
internal sealed record StructType(StructDeclaration Declaration, BigInteger[] Generics, ResolvedType[] Fields) : ResolvedType
{
    public override long Size { get; } = Fields.Sum(field => field.Size);

    public override string ToString() => Instance.NameOf(Declaration.Name, Generics);
}
