#!/bin/sh
# Packs what measures a GPU, for a machine that has a driver and nothing else:
#   tools/gpu/pack.sh OUT.tar.zst      or OUT.tar.gz
# The command line and the tests of the GPU backend share one .NET runtime. Nothing is trimmed, since ILGPU finds its generators by reflection; left out
# are the runtime's debugging libraries and ahead-of-time code.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 OUT.tar.zst|OUT.tar.gz" >&2
    exit 2
fi
case $1 in
    *.tar.zst) compress="zstd -q -19 -T0" ;;
    *.tar.gz) compress="gzip -9" ;;
    *) echo "$0: OUT ends with .tar.zst or .tar.gz, got '$1'" >&2; exit 2 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
pack=$folder/prover-gpu

for project in src/Prover.Cli tests/Prover.Backends.Gpu.Tests; do
    echo "publishing $project" >&2
    dotnet publish -c Release -r linux-x64 --self-contained -p:PublishReadyToRun=false -o "$pack/bin" "$root/$project" -v quiet >&2
done
rm -f "$pack"/bin/*.pdb "$pack"/bin/*.xml "$pack"/bin/createdump "$pack"/bin/libmscordaccore.so "$pack"/bin/libmscordbi.so "$pack"/bin/libcoreclrtraceptprovider.so
cp "$here/run.sh" "$here/README.md" "$pack/"
git -C "$root" rev-parse HEAD > "$pack/COMMIT"

tar -C "$folder" --owner=0 --group=0 --sort=name -cf - prover-gpu | $compress > "$1.partial"
mv "$1.partial" "$1"
echo "$1: $(du -k "$1" | cut -f1) KiB packed, $(du -sk "$pack" | cut -f1) KiB unpacked" >&2
