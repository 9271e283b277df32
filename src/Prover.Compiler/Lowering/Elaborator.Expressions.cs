using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    private Value Evaluate(Expression expression, Scope? scope)
    {
        Enter(expression.Span);
        var value = EvaluateNode(expression, scope);
        RequireSize(value.Size, expression.Span);
        Charge(1, expression.Span);
        Leave();
        Facts?.Note(expression, value);
        return value;
    }

    private Value EvaluateNode(Expression expression, Scope? scope)
    {
        switch (expression)
        {
            case NameExpression name:
                return EvaluateName(name, scope);
            case NumberLiteral number:
                return Scalar.Number(number.Raw, number.Scale);
            case BooleanLiteral boolean:
                return Scalar.Boolean(boolean.Value);
            case BinaryExpression binary:
                return EvaluateBinary(binary, scope);
            case UnaryExpression unary:
                return EvaluateUnary(unary, scope);
            case IndexExpression index:
                return EvaluateIndex(index, scope);
            case MemberExpression member:
                return EvaluateMember(member, scope);
            case CallExpression call:
                return EvaluateCall(call, scope);
            case BlockExpression block:
                return EvaluateBlock(block, scope);
            case IfExpression choice:
                return EvaluateIf(choice, scope);
            case OverRange over:
                return EvaluateOverRange(over, scope);
            case FoldExpression fold:
                return EvaluateFold(fold, scope);
            case ArrayLiteral array:
                return new ArrayValue(EvaluateAll(array.Elements, scope));
            case RepeatExpression repeat:
                return EvaluateRepeat(repeat, scope);
            case StructLiteral literal:
                return EvaluateStruct(literal, scope);
            case WithExpression with:
                return EvaluateWith(with, scope);
            case NarrowExpression narrow:
                return EvaluateNarrow(narrow, scope);
            case RoundExpression round:
                return EvaluateRound(round, scope);
            default:
                throw new InvalidOperationException(expression.GetType().Name);
        }
    }

    private Value EvaluateName(NameExpression name, Scope? scope)
    {
        var local = Scope.Find(scope, name.Name, out var distance);
        Charge(distance / 16, name.Span);
        return local is null ? EvaluateGlobal(name) : !ReferenceEquals(local.Value, Value.Poison) ? local.Value : throw Told;
    }

    private Value EvaluateBlock(BlockExpression block, Scope? scope)
    {
        var inner = Bind(block.Statements, scope);
        return block.Result is null ? Value.Nothing : Evaluate(block.Result, inner);
    }

    private ArrayValue EvaluateRepeat(RepeatExpression repeat, Scope? scope)
    {
        var element = Evaluate(repeat.Value, scope);
        var elements = new Value[EvaluateCount(repeat.Count, scope, "an array's length", MaximumLength)];
        RequireSize(elements.LongLength * element.Size, repeat.Span);
        Charge(elements.Length, repeat.Span);
        Array.Fill(elements, element);
        return new ArrayValue(elements);
    }

    private Value EvaluateGlobal(NameExpression name)
    {
        if (_fragments.Constants.TryGetValue(name.Name, out var known))
        {
            return known;
        }

        switch (program.Find(name.Name))
        {
            case ConstDeclaration constant:
                return EvaluateConst(constant, name.Span);
            case null:
                throw Error("R0304", $"there is no '{name.Name}' here", name.Span, "not declared", NearestName.Suggest(name.Name, program.Names));
            case var other:
                throw Error("R0305", $"'{name.Name}' is not a value", name.Span, "used as a value", null, new Label(other.NameSpan, "declared here"));
        }
    }

    private Value EvaluateConst(ConstDeclaration constant, SourceSpan use)
    {
        if (Recovery.PoisonedConstants.Contains(constant.Name))
        {
            throw Told;
        }

        if (!_constantsInProgress.Add(constant.Name))
        {
            throw Error("R0404", $"the constant '{constant.Name}' depends on itself", use, "used here", null, new Label(constant.NameSpan, "declared here"));
        }

        // Its value is kept for uses elsewhere, so it must not depend on the place of the first one.
        var guard = _guard;
        var before = builder.Graph.Operations.Count;
        _guard = null;
        try
        {
            var value = Evaluate(constant.Value, null);
            if (constant.Type is { } type)
            {
                value = Coerce(value, ResolveType(type, null), constant.Value.Span, type);
            }

            RequireNothingAdded(constant, before);
            return _fragments.Constants[constant.Name] = value;
        }
        finally
        {
            _guard = guard;
            _constantsInProgress.Remove(constant.Name);
            if (!_fragments.Constants.ContainsKey(constant.Name))
            {
                Recovery.PoisonedConstants.Add(constant.Name);
            }
        }
    }

    /// <summary>Everything in a constant is known, so it needs no operation of the circuit, unless something it requires is false.</summary>
    private void RequireNothingAdded(ConstDeclaration constant, int before)
    {
        if (builder.Graph.Operations.Skip(before).FirstOrDefault() is { } operation)
        {
            throw Error(
                "R0408",
                $"the constant '{constant.Name}' cannot be computed",
                operation.Requirement?.Span ?? constant.Value.Span,
                operation.Requirement is null ? "not known when compiling" : "this fails",
                null,
                new Label(constant.NameSpan, "declared here"));
        }
    }

    private Value EvaluateIndex(IndexExpression expression, Scope? scope)
    {
        var target = Evaluate(expression.Target, scope);
        if (target is TreeValue tree)
        {
            return FindAccess(tree, EvaluateTreeIndex(tree, expression.Index, scope), expression.Span).Leaf;
        }

        if (target is not ArrayValue array)
        {
            throw Error("R0208", "only arrays have elements", expression.Target.Span, target.Describe());
        }

        return array.Elements[IndexInto(array, expression.Target, expression.Index, scope)];
    }

    private int IndexInto(ArrayValue array, Expression target, Expression index, Scope? scope)
    {
        const string search = "fold x = a[0] for j in 1..len(a) { if j == i { a[j] } else { x } } is the element at an unknown i";
        var position = EvaluateInteger(index, scope, "an index", search);
        return position >= 0 && position < array.Elements.Length
            ? (int)position
            : throw Error(
                "R0405",
                $"index {position} is outside an array of {array.Elements.Length}",
                index.Span,
                array.Elements.Length == 0 ? "nothing to index" : $"from 0 to {array.Elements.Length - 1}",
                null,
                [new Label(target.Span, array.Describe()), .. Origin(target, scope)]);
    }

    private Value EvaluateMember(MemberExpression expression, Scope? scope)
    {
        var target = Evaluate(expression.Target, scope);
        if (target is TreeValue tree && expression.Name == TreeState.Root)
        {
            return tree.Root;
        }

        return target is StructValue structure
            ? structure.Fields[FieldIndex(structure.Declaration, expression.Name, expression.Span)]
            : throw Error("R0208", "only structs have fields", expression.Target.Span, target.Describe(), target is ArrayValue ? "len(x) is the length of an array, x[i] an element" : null);
    }

    /// <summary>How a value of a struct is written, if it is one that a name declares.</summary>
    private static string? LiteralOf(Declaration declaration) => declaration is StructDeclaration structure
        ? $"{structure.Name} {{ {string.Join(", ", structure.Fields.Select(field => field.Name + ": …"))} }} is a value of the struct"
        : null;

    private int FieldIndex(StructDeclaration declaration, string name, SourceSpan span)
    {
        for (var i = 0; i < declaration.Fields.Count; i++)
        {
            if (declaration.Fields[i].Name == name)
            {
                return i;
            }
        }

        throw Error("R0306", $"{declaration.Name} has no field '{name}'", span, "here", $"its fields are {string.Join(", ", declaration.Fields.Select(f => f.Name))}", new Label(declaration.NameSpan, "declared here"));
    }

    private void RefuseTwins(IReadOnlyList<Update> updates, Func<int, string> describe)
    {
        var seen = new Dictionary<string, Update>(StringComparer.Ordinal);
        for (var i = 0; i < updates.Count; i++)
        {
            var what = describe(i);
            if (!seen.TryAdd(what, updates[i]))
            {
                throw Error("R0307", $"{what} is given twice", updates[i].Span, "again here", null, new Label(seen[what].Span, "first here"));
            }
        }
    }

    private StructValue EvaluateStruct(StructLiteral literal, Scope? scope)
    {
        if (program.Find(literal.Name) is not StructDeclaration declaration)
        {
            throw Error("R0304", $"there is no struct '{literal.Name}'", NearestName.SpanOf(literal.Name, literal.Span), "not declared", NearestName.Help(literal.Name, program.Names));
        }

        RefuseTwins(literal.Fields, i => $"field '{literal.Fields[i].Field}'");
        var fields = new Value?[declaration.Fields.Count];
        var spans = new SourceSpan[fields.Length];
        foreach (var field in literal.Fields)
        {
            var index = FieldIndex(declaration, field.Field!, field.Span);
            fields[index] = Attempt(field.Value, scope);
            spans[index] = field.Value.Span;
        }

        if (Array.FindIndex(fields, field => field is null) is >= 0 and var missing)
        {
            throw Error("R0308", $"field '{declaration.Fields[missing].Name}' is missing", literal.Span, "here", null, new Label(declaration.Fields[missing].Span, "declared here"));
        }

        Array.ForEach(fields, RefusePoison);
        var explicitGenerics = EvaluateGenerics(literal.Generics, scope);
        var generics = InferGenerics(declaration.Name, declaration.NameSpan, declaration.Generics, explicitGenerics, declaration.Fields, fields!, literal.Span);
        var type = ResolveStruct(declaration, generics, literal.Span);
        return new(declaration, generics, [.. fields.Select((field, i) => Coerce(field!, type.Fields[i], spans[i], declaration.Fields[i]))]);
    }

    private Value EvaluateWith(WithExpression expression, Scope? scope)
    {
        var target = Evaluate(expression.Target, scope);
        switch (target)
        {
            case StructValue structure:
                var type = ResolveStruct(structure.Declaration, structure.Generics, expression.Span);
                var fields = structure.Fields.ToArray();
                RefuseTwins(expression.Updates, i => $"field '{expression.Updates[i].Field}'");
                foreach (var update in expression.Updates)
                {
                    if (update.Field is null)
                    {
                        throw Error("R0208", "a struct is updated by field names", update.Span, "an index");
                    }

                    var index = FieldIndex(structure.Declaration, update.Field, update.Span);
                    fields[index] = Coerce(Evaluate(update.Value, scope), type.Fields[index], update.Value.Span, structure.Declaration.Fields[index]);
                }

                return new StructValue(structure.Declaration, structure.Generics, fields);
            case ArrayValue array:
                Charge(array.Elements.Length, expression.Span);
                var elements = array.Elements.ToArray();
                var positions = expression.Updates.Select(update => IndexInto(
                    array, expression.Target, update.Index ?? throw Error("R0208", "an array is updated by indices, [i]: value", update.Span, "a field name"), scope)).ToList();
                RefuseTwins(expression.Updates, i => $"element {positions[i]}");
                for (var i = 0; i < positions.Count; i++)
                {
                    elements[positions[i]] = Evaluate(expression.Updates[i].Value, scope);
                }

                return new ArrayValue(elements);
            case TreeValue tree:
                return WriteTo(tree, expression, scope);
            default:
                throw Error("R0208", "only structs and arrays are updated by 'with'", expression.Target.Span, target.Describe());
        }
    }
}
