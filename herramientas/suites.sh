#!/bin/sh
# The whole suite on real servers:  suites.sh OPTIONS-TO-GO-SIDE-BY-SIDE -- PYTEST-ARGS
# What needs a worker, a browser or the one Redis goes after the rest and alone: it starts processes
# of its own. Both parts run even when the first one fails.
set -u
par=
while [ "$1" != -- ]; do
    par="$par $1"
    shift
done
shift

# pytest says 5 when ARGS leave a part with no test; both parts without one is a mistake.
# shellcheck disable=SC2086
.venv/bin/python -m pytest -m "not servicios" $par "$@"
primera=$?
.venv/bin/python -m pytest -m servicios "$@"
segunda=$?
[ "$primera" != 5 ] || primera=0 ninguna=5
[ "$segunda" != 5 ] || segunda=${ninguna:-0}
[ "$primera" != 0 ] || exit "$segunda"
exit "$primera"
