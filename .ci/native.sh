#!/bin/sh
# The libraries that PDFs need: installed where that is allowed, named where it is not. Everything else works without.
python=$1
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
if "$python" -c 'import weasyprint' >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing the libraries that PDFs need: $packages"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages >/dev/null
else
    echo "PDFs need libraries that are not here. On Debian or Ubuntu: sudo apt-get install $packages"
    echo "Everything else works without them."
fi
exit 0
