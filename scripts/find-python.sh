# Sets $python310 to a Python 3.10 that is on this machine, or to the version alone, which uv then fetches. Sourced.

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; }

python310=
for candidate in "$(command -v python3.10 || true)" "$python3" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python3.10 /opt/*/bin/python3.10 /usr/local/bin/python3.10; do
    if [ -z "$python310" ] && [ -n "$candidate" ] && is_310 "$candidate"; then
        # A shim of pyenv depends on the folder it is called in; what it stands for does not.
        python310=$("$candidate" -c 'import sys; print(sys.executable)')
    fi
done
if [ -z "$python310" ]; then
    python310=$("$uv" python find 3.10 2>/dev/null || echo 3.10)
fi
