#!/bin/sh
# Makes .venv from a locked list, once:  entorno.sh requirements-test.txt
# Each list includes the one before it (run, test, dev), so a larger install satisfies the smaller.
set -eu
cd "$(dirname "$0")/.."
lista=$1

termina() {
    echo "postventa: $*" >&2
    exit 1
}

al_dia() {
    [ -x .venv/bin/python ] && [ "$(cat ".venv/.instalado-$1" 2>/dev/null)" = "$(cksum <"$1")" ]
}

python_suficiente() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if al_dia "$lista"; then
    exit 0
fi

# A .venv that was left half made, or whose Python has gone, is made again.
if [ -d .venv ] && ! { python_suficiente .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    echo "postventa: the environment in .venv does not work; making it again"
    rm -rf .venv
fi

if [ ! -d .venv ]; then
    python=
    for candidato in python3 python3.13 python3.12 python3.11 python3.14; do
        if python_suficiente "$candidato"; then
            python=$candidato
            break
        fi
    done
    [ -n "$python" ] || termina "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo none)"
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        termina "this Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
    echo "postventa: making the environment in .venv with $("$python" --version)"
    "$python" -m venv .venv || termina "could not make the environment in .venv"
fi

echo "postventa: installing $lista (the first time this takes about half a minute)"
inicio=$(date +%s)
PIP_USER=0 .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: -r "$lista" ||
    termina "could not install $lista; is the package registry reachable?"
echo "postventa: installed in $(($(date +%s) - inicio)) s"

case $lista in
*-dev.txt) incluidas="requirements.txt requirements-test.txt requirements-dev.txt" ;;
*-test.txt) incluidas="requirements.txt requirements-test.txt" ;;
*) incluidas=requirements.txt ;;
esac
for incluida in $incluidas; do
    cksum <"$incluida" >".venv/.instalado-$incluida"
done
