using Prover.Testing;

namespace Prover.Algebra.Tests;

public class FqTests : PrimeFieldLaws<BaseModulus>;
