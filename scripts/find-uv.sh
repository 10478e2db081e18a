# Sets $uv to a uv: the one on PATH, or one of our own in .cache/. Sourced by set-up.sh, which sets $python3.

uv=$(command -v uv || true)
for kept in .cache/uv-venv/bin/uv .cache/uv-target/bin/uv; do
    if [ -z "$uv" ] && [ -x "$kept" ] && "$kept" --version >/dev/null 2>&1; then
        uv=$kept
    fi
done

own_uv() {
    mkdir -p .cache
    if "$python3" -m venv .cache/uv-venv >/dev/null 2>&1; then
        .cache/uv-venv/bin/python -m pip install --quiet --disable-pip-version-check uv && uv=.cache/uv-venv/bin/uv
    elif "$python3" -m pip --version >/dev/null 2>&1; then
        "$python3" -m pip install --quiet --disable-pip-version-check --target .cache/uv-target --upgrade uv &&
            uv=.cache/uv-target/bin/uv
    fi
}

if [ -z "$uv" ]; then
    say "getting uv, which installs the rest ..."
    own_uv || true
    # Debian keeps venv and pip apart from Python.
    if [ -z "$uv" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1 || true
        own_uv || true
    fi
    [ -n "$uv" ] || refuse "uv could not be installed: install uv, or python3-venv and pip, and run this again"
fi

# uv does not read pip's settings; where a machine gets its packages is said there more often than for uv.
pip_says() { "$python3" -m pip config get "$1" 2>/dev/null || true; }
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
    index=${PIP_INDEX_URL:-$(pip_says global.index-url)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
fi
if [ -z "${SSL_CERT_FILE:-}" ]; then
    certificates=${PIP_CERT:-$(pip_says global.cert)}
    [ ! -f "$certificates" ] || export SSL_CERT_FILE="$certificates"
fi
