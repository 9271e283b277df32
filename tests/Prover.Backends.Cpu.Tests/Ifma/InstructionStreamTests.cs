using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Which registers a stream hands out and takes back. Nothing is run.</summary>
public sealed class InstructionStreamTests
{
    private readonly InstructionStream _one = new(new KernelData(Fq.Modulus), 0, 16);
    private readonly InstructionStream _two = new(new KernelData(Fq.Modulus), 16, 16);

    [Fact]
    public void Takes_back_its_own_register_and_hands_it_out_again()
    {
        var register = _one.Take();
        _one.Release(register);
        Assert.Equal(register, _one.Take());
    }

    [Fact]
    public void Refuses_a_register_of_another_stream()
    {
        _one.Take();
        var register = _two.Take();
        Assert.Throws<InvalidOperationException>(() => _one.Release(register));
        _two.Release(register);
    }

    [Fact]
    public void Refuses_a_register_that_was_given_back_already()
    {
        var register = _two.Take();
        _two.Release(register);
        Assert.Throws<InvalidOperationException>(() => _two.Release(register));
    }

    [Fact]
    public void Has_as_many_registers_as_it_was_given()
    {
        for (var i = 0; i < 16; i++)
        {
            _one.Take();
        }

        Assert.Throws<InvalidOperationException>(() => _one.Take());
    }
}
