#!/bin/sh
# Looks for a Python of one of the versions given, best first; installs one where that takes no compiler. Never fails:
# what needs it says when it is not there.
for version in "$@"; do
    "python$version" -c "import ensurepip" >/dev/null 2>&1 && exit 0
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".* >/dev/null 2>&1 && exit 0
    ls -d "${UV_PYTHON_INSTALL_DIR:-$HOME/.local/share/uv/python}/cpython-$version".* >/dev/null 2>&1 && exit 0
done
for version in "$@"; do
    if [ "$(id -u)" = 0 ] && apt-cache show "python$version-venv" >/dev/null 2>&1; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null 2>&1 && exit 0
    fi
    command -v uv >/dev/null 2>&1 && uv python install "$version" >/dev/null 2>&1 && exit 0
done
exit 0
