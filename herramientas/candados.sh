#!/bin/sh
# Resolves pyproject.toml into the three locked lists, for every Python from 3.11 on. Without
# --python-version a newer interpreter would leave out what only 3.11.2 needs.
set -eu
cd "$(dirname "$0")/.."

resuelve() {
    salida=$1
    shift
    .venv/bin/uv pip compile pyproject.toml "$@" --quiet --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --upgrade -o "$salida"
    echo "$salida: $(grep -c == "$salida") packages"
}

resuelve requirements.txt
resuelve requirements-test.txt --group test -c requirements.txt
resuelve requirements-dev.txt --group dev -c requirements-test.txt
