#!/bin/sh
# schemepay, from a fresh copy to a payment run.
#
#   ./run.sh                 builds it and works out September 2025 of the fixtures
#   ./run.sh ARGUMENTS...    builds it and passes the arguments to build/schemepay
#
# What is missing is installed (Debian packages; without root, the one command to run is printed).
# The example's run is sealed in build/example-archive, so that your own archive stays yours.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

"$root/tests/setup" build
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ ! -x "$root/build/schemepay" ] && [ $# -eq 0 ]; then
    echo "building schemepay: about half a minute, the first time" >&2
fi
if ! make -C "$root" -j"$(nproc 2>/dev/null || echo 2)" --no-print-directory >"$log" 2>&1; then
    cat "$log" >&2
    exit 70
fi
rm -f "$log"
trap - EXIT

if [ $# -gt 0 ]; then
    exec "$root/build/schemepay" "$@"
fi

archive=build/example-archive
cd "$root"
rm -rf "$archive"
build/schemepay month-end --month 2025-09 --inputs fixtures/2025-26 --archive "$archive" \
    --by "${USER:-example}"
