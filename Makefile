# Every target makes its own set-up in .venv first; `make help` lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
python := .venv/bin/python

.PHONY: help
help:  ## say what can be made
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: setup  ## make a practice of made-up people in demo/, export its year-end, open it
	@sh .tools/demo.sh

.PHONY: run
run: setup  ## open your own practice
	@$(python) main.py

.PHONY: test
test: lint  ## linters, types, contracts, then every test with its coverage
	@$(python) -m pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=90 -n 2 --dist worksteal
	@$(rules_coverage) --fail-under=100 >/dev/null || { $(rules_coverage); exit 1; }

rules_coverage = $(python) -m coverage report --include='clinic/rules/*' --show-missing --skip-covered

.PHONY: lint
lint: setup-dev  ## what can be told without running the program
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy
	.venv/bin/lint-imports

.PHONY: soak
soak: setup-dev  ## the long sweeps: kills, power loss, damage, fuzz, races
	$(python) -m pytest -m soak --hypothesis-profile=long

.PHONY: bench
bench: setup  ## print speed and memory as ratios measured in one run
	@QT_QPA_PLATFORM=offscreen $(python) -m benchmarks

.PHONY: pictures
pictures: setup  ## draw the screens and papers of docs/pictures
	QT_QPA_PLATFORM=offscreen $(python) -m ui.pictures --whole --to docs/pictures

compile = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' pyproject.toml

.PHONY: lock
lock: setup-dev  ## resolve the dependencies of pyproject.toml anew
	$(compile) --upgrade --output-file requirements.lock
	$(compile) --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock

.PHONY: setup
setup:
	@sh .tools/setup.sh requirements.lock

.PHONY: setup-dev
setup-dev:
	@sh .tools/setup.sh requirements-dev.lock
