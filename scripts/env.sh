#!/usr/bin/env bash
# Build .venv (or FOLDER) from a lock file, with any Python from 3.12 on. Usage: scripts/env.sh LOCKFILE [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1
venv=${2:-.venv}
uv_at_least=0.9.0

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.14 python3 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.{13,12,14}*/bin/python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
            # The interpreter itself, not a shim that may choose another one tomorrow.
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "Stenosis PT needs Python 3.12 or newer, and found none on this machine." >&2
    echo "Install it (Debian, Ubuntu: apt install python3.13; macOS: brew install python@3.13)," >&2
    echo "or name one:  make run PYTHON=/path/to/python3.13" >&2
    exit 1
}

find_uv() {
    if uv --version >/dev/null 2>&1; then
        echo uv
        return
    fi
    if [ ! -x .tools/uv/bin/uv ]; then
        echo "Installing uv into .tools/ ..." >&2
        if ! "$1" -m venv .tools/uv >&2; then
            echo "Python's venv module does not work (Debian, Ubuntu: apt install python3-venv)." >&2
            exit 1
        fi
        .tools/uv/bin/python -m pip install --quiet "uv>=$uv_at_least" >&2
    fi
    echo .tools/uv/bin/uv
}

if ! "$venv"/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
    python=$(find_python)
    uv=$(find_uv "$python")
    echo "Building $venv with $("$python" --version) ..."
    rm -rf "$venv"
    "$uv" venv --quiet --python "$python" "$venv"
else
    uv=$(find_uv "$venv/bin/python")
fi
echo "Installing $lock ..."
"$uv" pip install --quiet --require-hashes --python "$venv/bin/python" -r "$lock"
