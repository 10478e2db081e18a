#!/bin/sh
# Says on standard output where the browser is that the tests of the widget drive, and ends with 1 where there is none.
# With --install it first installs one where that can be done, and says in one line what is missing where it cannot.
set -eu

found() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

found && exit 0
[ "${1:-}" = --install ] || exit 1

missing="no browser: the tests of the widget need chromium (Debian: apt-get install chromium), and are skipped without"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the tests of the widget ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    # Without letters of its own a bare machine draws boxes.
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1 || true
fi
found || { echo "$missing" >&2; exit 1; }
