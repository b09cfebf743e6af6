#!/bin/sh
# Installs the Debian packages of the commands named (command, or command:package) that this machine lacks.
set -eu
missing=
for wanted in "$@"; do
    command -v "${wanted%%:*}" >/dev/null 2>&1 || missing="$missing ${wanted##*:}"
done
[ -z "$missing" ] && exit 0
sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq $missing
