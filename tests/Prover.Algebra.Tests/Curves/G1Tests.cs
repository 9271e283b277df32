using Prover.Testing;

namespace Prover.Algebra.Tests;

public class G1Tests : CurveLaws<Fq, G1Curve>
{
    protected override Gen<G1Affine> Points => CurveGenerators.G1Points;

    protected override Gen<Fq> Coordinates => FieldGenerators.Coordinates;
}
