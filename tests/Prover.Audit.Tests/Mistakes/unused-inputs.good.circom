// The remedy of unused-inputs.bad.circom.
pragma circom 2.0.0;
template Unused() {
    signal input a;
    signal input unused[3];
    signal output out;
    signal inner;
    inner <== a * a;
    out <== inner * inner;
}
component main = Unused();
