// circom's header counts unused inputs, which have no wires: the wires in their place are no inputs.
pragma circom 2.0.0;
template Unused() {
    signal input a;
    signal input unused[3];
    signal output out;
    signal inner;
    inner <-- a * a;
    out <== inner * inner;
}
component main = Unused();
