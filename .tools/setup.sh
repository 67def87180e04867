#!/bin/sh
# Makes .venv hold what one lock file names, and on Debian and Ubuntu adds the system libraries that Qt needs.
# Usage: sh .tools/setup.sh requirements.lock. A second run sees its stamp and is done at once.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
lock=$1
python=.venv/bin/python
stamp=.venv/$lock.done

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages as root or through a sudo that asks nothing; otherwise names the line to run.
add_packages() {
    command -v apt-get >/dev/null 2>&1 || { say "Please install what Debian calls: $*"; return 1; }
    as_root=''
    if [ "$(id -u)" -ne 0 ]; then
        as_root='sudo -n'
        $as_root true 2>/dev/null || { say "Please run:  sudo apt-get install $*"; return 1; }
    fi
    say "Installing $*"
    $as_root apt-get -qq update >/dev/null || true  # one stale source must not stop the others
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 install \
        -y --no-install-recommends "$@" >/dev/null ||
        { say "Please run:  sudo apt-get install $*"; return 1; }
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.14 python; do
        "$candidate" -c '
import os, sys
(3, 11) <= sys.version_info < (3, 15) or sys.exit(1)
print(os.path.realpath(sys.executable))  # not that of a .venv, perhaps this very one
' 2>/dev/null && return
    done
    say 'Effleurage needs Python 3.11, 3.12, 3.13 or 3.14. If it is not on the PATH: make PYTHON=/where/it/is'
    return 1
}

# Prints the packages, of those given as soname=package, whose library cannot be loaded.
missing() {
    "$python" -c '
import ctypes, sys
for pair in sys.argv[1:]:
    soname, package = pair.split("=")
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(package)
' "$@"
}

# The folder is part of the stamp: the programs in .venv name it, so a moved clone is set up anew.
wanted="$(pwd) $(cat "$lock" .tools/setup.sh | cksum)"
if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if [ "$(cat .venv/folder 2>/dev/null)" != "$(pwd)" ] || ! "$python" -c 'import pip' 2>/dev/null; then
    base=$(find_python)
    "$base" -c 'import ensurepip, venv' 2>/dev/null ||
        add_packages "$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    say "Making .venv with $("$base" -V)"
    "$base" -m venv --clear .venv
    pwd >.venv/folder
fi

say "Installing what $lock names"
# A mirror or extra index in pip's own settings does no harm: only files with the hashes of the lock are taken.
"$python" -m pip --disable-pip-version-check install -qq --no-input --no-user --no-deps \
    --only-binary :all: --require-hashes -r "$lock"

whole=yes
if [ "$(uname)" = Linux ]; then
    needed=$(missing libglib-2.0.so.0=libglib2.0-0 libGL.so.1=libgl1 libEGL.so.1=libegl1 \
        libfontconfig.so.1=libfontconfig1 libdbus-1.so.3=libdbus-1-3 libxkbcommon.so.0=libxkbcommon0 \
        libbrotlidec.so.1=libbrotli1)
    for_a_window=$(missing libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 \
        libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0 libxcb-xkb.so.1=libxcb-xkb1 \
        libxkbcommon-x11.so.0=libxkbcommon-x11-0)
    if [ -n "$needed$for_a_window" ]; then
        # shellcheck disable=SC2086 # one word is one package
        add_packages $needed $for_a_window || whole=no
    fi
fi
QT_QPA_PLATFORM=offscreen "$python" -c '
import sys
try:
    import PySide6.QtWidgets
except ImportError as error:
    sys.exit(f"Qt cannot start: {error}")
'
if [ "$whole" = yes ]; then
    printf '%s\n' "$wanted" >"$stamp"
else
    say 'Going on without a window: the pictures and the tests need none.'
fi
