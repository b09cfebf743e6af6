# Every target sets up what it needs; a fresh Debian machine with Python 3.11 and PyPI is enough.
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.ready

.PHONY: setup test mutants tools-of-tests lint demo tour bench lock clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml tools/bootstrap.sh
	sh tools/bootstrap.sh $(VENV)
	$(VENV)/bin/uv pip sync --quiet --python $(PY) requirements.lock
	$(VENV)/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	touch $@

test: setup tools-of-tests
	$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

# The compiled rules against Saxon on every mutant; `make test` takes an eighth of them.
mutants: setup
	ULAK_ALL_MUTANTS=1 $(PY) -m pytest -n auto tests/test_rules_equal_saxon_on_mutants.py

# Foreign judges, a real token, SOAP by others, a database as in production: xmlsec1, openssl, SoftHSM2, gSOAP, PHP, PostgreSQL 15, PgBouncer.
tools-of-tests:
	sh tools/install_debian.sh chromium xmlsec1 openssl softhsm2-util:softhsm2 gcc "soapcpp2:gsoap libgsoap-dev" "php:php-cli php-soap" \
	    /usr/sbin/pgbouncer:pgbouncer /usr/lib/postgresql/15/bin/initdb:postgresql-15

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

demo: setup
	sh tools/install_debian.sh openssl
	$(PY) -m tools.demo

# The library alone: documents built, judged, sealed, sent by hand, and the test plan.
tour: setup
	$(PY) tools/tour.py

bench: setup
	bench/check
	bench/seal
	bench/wire
	bench/userlist
	bench/center
	bench/exchange
	bench/api
	bench/lists
	bench/render
	bench/portal
	bench/delivery
	bench/earchive
	bench/memory

lock: setup
	$(VENV)/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --python-version 3.11 --override overrides.txt --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
