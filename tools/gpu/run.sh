#!/bin/sh
# Measures the GPU of this machine from an unpacked pack:
#   ./run.sh OUT [--minutes N] [--device gpu:N] [--emulate]
# Every step leaves a log in OUT; OUT/gpu.json is the report and OUT/gpu-*.png the pictures. A step that fails does not stop the next one; the exit code is
# then 1. The benchmark gets what the other steps leave of the minutes (30 unless told otherwise), and begins with what matters most.
set -u

usage() {
    echo "usage: $0 OUT [--minutes N] [--device gpu:N] [--emulate]" >&2
    exit 2
}

out= minutes=30 device=gpu:0 emulate=
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) [ $# -ge 2 ] || usage; minutes=$2; shift ;;
        --device) [ $# -ge 2 ] || usage; device=$2; shift ;;
        --emulate) emulate=yes ;;
        -*) usage ;;
        *) [ -z "$out" ] || usage; out=$1 ;;
    esac
    shift
done
case $minutes in '' | *[!0-9]* | 0*) usage ;; esac
[ -n "$out" ] || usage

mkdir -p "$out" && [ -w "$out" ] || { echo "$0: cannot write to $out" >&2; exit 6; }
out=$(cd "$out" && pwd)
bin=$(cd "$(dirname "$0")" && pwd)/bin
cp "$(dirname "$0")/COMMIT" "$out/" 2>/dev/null || true

# The runtime needs no ICU, and keeps nothing in a home folder that may not be there.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_TieredPGO=0 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export PROVER_CACHE="${PROVER_CACHE:-$out/cache}"
export HOME="${HOME:-$out}"
case $device in gpu:*) export PROVER_TEST_GPU="${device#gpu:}" ;; esac
begin=$(date +%s)
failed=0

step() {
    name=$1
    shift
    echo "$name: $*" | tee "$out/$name.log"
    before=$(date +%s)
    "$@" >> "$out/$name.log" 2>&1
    code=$?
    echo "$name: exit code $code after $(($(date +%s) - before)) s" | tee -a "$out/$name.log"
    if [ $code -ne 0 ]; then
        failed=1
        tail -n 5 "$out/$name.log" >&2
    fi
}

# What is left of the minutes, one at least.
left() {
    rest=$((minutes - ($(date +%s) - begin + 59) / 60))
    if [ $rest -gt 0 ]; then echo $rest; else echo 1; fi
}

# The benchmark is told to end before it would outlast the minutes, so that what it measured is drawn.
bench() {
    if command -v timeout > /dev/null; then
        step bench timeout -s INT -k 30 "$(left)m" "$bin/Prover.Cli" bench gpu "$@" --minutes "$(left)" -o "$out/gpu.json"
    else
        step bench "$bin/Prover.Cli" bench gpu "$@" --minutes "$(left)" -o "$out/gpu.json"
    fi
}

command -v nvidia-smi > /dev/null && step nvidia-smi nvidia-smi -q
step doctor "$bin/Prover.Cli" doctor --json

tests="$bin/Prover.Backends.Gpu.Tests"
if [ -n "$emulate" ]; then
    step laws "$tests" --no-ansi --progress off --output Detailed --show-stdout all --timeout "$(left)m" --results-directory "$out" \
        --filter-class '*.GpuBackendTests' '*.GpuBackendG1Tests' '*.GpuBackendG2Tests' '*.RealGpu*' '*.CudaKernelTests'
    bench --emulate --sizes 5 8 --profile dense --rounds 1
else
    # Where a GPU is meant to be, a test that finds none has failed. The laws have a third of the time.
    third=$(((minutes + 2) / 3))
    step laws "$tests" --no-ansi --progress off --output Detailed --show-stdout all --timeout "${third}m" --results-directory "$out" --fail-skips on \
        --filter-class '*.RealGpu*' '*.CudaKernelTests'
    bench --device "$device"
fi
step plot "$bin/Prover.Cli" bench plot "$out/gpu.json" -o "$out/gpu"

# A report whose measurements failed in part is a finding, too.
if [ -f "$out/gpu.json" ] && grep -q '"hasFailed": true' "$out/gpu.json"; then
    echo "gpu.json names measurements that failed" >&2
    failed=1
fi
exit $failed
