using Prover.Testing;

namespace Prover.Algebra.Tests;

public class FrTests : PrimeFieldLaws<ScalarModulus>;
