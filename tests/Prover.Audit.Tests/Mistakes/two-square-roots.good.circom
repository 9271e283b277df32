// The remedy of two-square-roots.bad.circom.
pragma circom 2.0.0;
include "bitify.circom";
template Root() {
    signal input in;
    signal output out;
    out <-- 3;
    out * out === in;
    signal half <== in * in;
    half === 81;
    out === 3;
}
component main {public [in]} = Root();
