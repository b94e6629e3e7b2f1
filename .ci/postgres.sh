#!/bin/sh
# Runs a command beside a PostgreSQL cluster of its own, on a free port, thrown away afterwards.
set -eu
if ! ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
fi
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
home=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$home"
as "$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 >/dev/null
stop() { as "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$home"; }
trap stop EXIT INT TERM
as "$bin/pg_ctl" -D "$home/data" -w -o "-p $port -k $home -c listen_addresses=127.0.0.1 -c fsync=${POSTGRES_FSYNC:-off}" -l "$home/log" start >/dev/null
PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres PGDATABASE=postgres TEST_DATABASE_URL=postgres "$@"
