// The remedy of remainder-without-its-divisor.bad.circom.
pragma circom 2.0.0;
include "comparators.circom";
template Divide() {
    signal input a;
    signal input b;
    signal output q;
    signal output r;
    q <-- a \ b;
    r <-- a % b;
    signal p <== q * b;
    a === p + r;
    component divisor = Num2Bits(8);
    divisor.in <== b;
    component remainder = Num2Bits(8);
    remainder.in <== r;
    component quotient = Num2Bits(16);
    quotient.in <== q;
    component below = LessThan(8);
    below.in[0] <== r;
    below.in[1] <== b;
    below.out === 1;
}
component main {public [a, b]} = Divide();
