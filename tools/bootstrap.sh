#!/bin/sh
# Creates the virtual environment $1 with uv in it; installs Debian's python3-venv where the system lacks it.
set -eu
venv=$1
python=${PYTHON:-python3}
# Debian's own interpreter is built with its profile and runs Ulak a tenth quicker than one compiled plainly.
debian=/usr/bin/python3.11
if [ -z "${PYTHON:-}" ] && "$debian" -c 'import ensurepip, venv' 2>/dev/null; then python=$debian; fi
if [ ! -x "$venv/bin/python" ]; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
        $sudo apt-get update -qq
        $sudo apt-get install -y -qq python3-venv
    fi
    "$python" -m venv "$venv"
fi
# uv must sit in the environment but outside the lock's sync, so it is put there by pip and reached by path.
[ -x "$venv/bin/uv" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --prefix "$venv/uv" 'uv>=0.8,<1'
[ -x "$venv/bin/uv" ] || ln -s ../uv/bin/uv "$venv/bin/uv"
