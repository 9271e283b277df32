// The remedy of assignment-for-a-constraint.bad.circom.
pragma circom 2.0.0;
template Hint() {
    signal input in;
    signal output out;
    signal inner;
    inner <== in * in;
    out <== inner * inner;
}
component main {public [in]} = Hint();
