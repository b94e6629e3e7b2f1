# Everything a developer or a curious charity needs. `make help` explains.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS ?= 2
COMBINATION ?= standard
AXE := tests/browser/node_modules/axe-core/axe.min.js

.DEFAULT_GOAL := help
.PHONY: messages help setup native demo test slow matrix browser postgres cluster hosts versions docs pictures lint fix types migrations reset ci bench bench-full

help: ## Show this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*?## "} {printf "  %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml setup.cfg
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint,docs]'
	@touch $(STAMP)

native: $(STAMP)
	@sh .ci/native.sh $(BIN)/python

setup: $(STAMP) native ## Virtual environment, dependencies, native libraries

demo: setup ## The example site with its worker on http://127.0.0.1:8000
	@$(BIN)/python -m example_site.demo

test: setup ## The quick suite (SQLite, under two minutes)
	$(BIN)/python -m pytest -q -n $(WORKERS)

slow: setup ## Tests that take seconds on purpose: real worker, real mail server, real key derivation
	$(BIN)/python -m pytest -q -m "slow and not postgres" --ignore=tests/proofs

matrix: setup ## Every address of ours, as every role, in every way to ask
	$(BIN)/python -m pytest -q -m slow -n $(WORKERS) tests/proofs

browser: setup $(AXE) ## Tests in a real browser (Debian's chromium)
	$(BIN)/python -m pytest -q -m "browser and not postgres"

postgres: setup ## The quick suite on a PostgreSQL of its own
	sh .ci/postgres.sh $(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow and not browser"
	sh .ci/postgres.sh $(BIN)/python -m pytest -q -m "browser and postgres"

cluster: setup ## The road with a real cluster, a PostgreSQL and a Redis of its own
	sh .ci/postgres.sh $(BIN)/python -m pytest -q -m "slow and postgres"

bench: setup ## Benchmarks at their smallest size, each proving its work (five minutes)
	$(BIN)/python -m tests.bench

bench-full: setup ## Every size, on SQLite and on a PostgreSQL of its own; goes on where it was cut off
	$(BIN)/python -m tests.bench --full
	POSTGRES_FSYNC=on sh .ci/postgres.sh $(BIN)/python -m tests.bench --full

hosts: $(STAMP) ## The built wheel in five projects of other people; COMBINATION="oldest newest" for other versions
	$(BIN)/python -m tests.projects.run $(if $(filter skip,$(MISSING)),--skip-missing) $(COMBINATION)

versions: setup ## The quick suite on other versions: COMBINATION=oldest, newest or both
	$(BIN)/python -m tests.projects.versions $(if $(filter skip,$(MISSING)),--skip-missing) $(COMBINATION)

lint: $(STAMP) ## Style, imports between rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

fix: $(STAMP) ## Mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(STAMP) ## Check types
	$(BIN)/mypy

messages: $(STAMP) ## Bring the catalogues up to date with the code, and compile them (needs gettext)
	cd nums_wagtail && ../$(BIN)/python -m django makemessages --all --add-location file
	$(BIN)/python .ci/messages.py
	cd nums_wagtail && ../$(BIN)/python -m django compilemessages

migrations: ## Remake migrations with the oldest supported Wagtail
	@test -x .venv-oldest/bin/python || $(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check --editable . 'wagtail>=7.4,<7.5' 'Django>=5.2,<5.3'
	DJANGO_SETTINGS_MODULE=tests.settings .venv-oldest/bin/python -m django makemigrations nums_vault nums_wagtail nums_pages

docs: $(STAMP) ## The documentation as HTML in var/docs/html
	$(BIN)/python -m sphinx -W --keep-going -q -d var/docs/doctrees docs var/docs/html

$(AXE): tests/browser/package.json
	@command -v npm >/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq npm >/dev/null; } \
		|| { echo "npm is missing. On Debian or Ubuntu: sudo apt-get install npm"; exit 1; }
	npm install --prefix tests/browser --ignore-scripts --no-package-lock --no-audit --no-fund --silent
	@touch $@

pictures: setup $(AXE) ## Walk the road in a browser; keep what README and docs show of it, and what axe-core finds
	NUMS_PICTURES=var/pictures $(BIN)/python -m pytest -q -m browser tests/browser/test_road.py
	$(BIN)/python -m tests.browser.pictures var/pictures docs

reset: ## Set the demo's database aside and start afresh next time
	@mkdir -p var && for f in var/db.sqlite3*; do test -e "$$f" && mv "$$f" "$$f.$$(date +%Y%m%d%H%M%S).old" || true; done
	@rm -rf var/outbox

ci: ## What has to pass before anything lands
	bash .ci/run
