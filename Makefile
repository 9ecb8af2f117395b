# What a newcomer runs: `make demo` (build, and see the main job on examples/) and `make test` (every check).
# Both need Rust, Python 3.11 or newer and nothing else; what they install stays in .venv and target/.
PYTHON ?= python3
VENV := .venv
ENGINES := .venv-engines
BIN := $(VENV)/bin
SOURCES := $(shell find src python -name '*.rs' -o -name '*.txt' -o -name '*.py' -o -name '*.pyi') Cargo.toml Cargo.lock pyproject.toml

.PHONY: demo build test lint rust-test py-test test-adapters test-engines docs rules tour numbers picture wheels tables bench bench-kernels fuzz clean

demo: build
	@$(BIN)/python examples/demo.py

build: $(VENV)/built

# pip builds the wheel through maturin, as it does for every user.
$(VENV)/built: $(SOURCES) | $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps .
	@touch $@

$(VENV)/created:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/%: pyproject.toml | $(VENV)/created
	$(BIN)/python tools/dev_requirements.py dev $* | $(BIN)/pip install --quiet --disable-pip-version-check -r /dev/stdin
	@touch $@

test: lint rust-test py-test

lint: $(VENV)/dev build
	cargo fmt --check
	cargo clippy --all-targets --features files --quiet -- -D warnings
	PYO3_PYTHON=$(CURDIR)/$(BIN)/python cargo clippy --features python --quiet -- -D warnings
	$(BIN)/python tools/make_tables.py --check
	$(BIN)/python tools/make_rules_page.py --check
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy python/naqi
	cd tests && ../$(BIN)/python -m mypy.stubtest --mypy-config-file ../pyproject.toml naqi._naqi

rust-test:
	cargo test --quiet --features files

py-test: $(VENV)/dev build
	$(BIN)/python -m pytest

# The adapters inside the packages that they are for: large, so not part of `make test`.
test-adapters: $(VENV)/adapters build
	$(BIN)/python -m pytest -rs tests/adapters tests/test_docstrings.py

# naqi inside Spark, Ray, Dask, Daft and datasets: 1.4 GB in a place of their own, not part of `make test`. What
# cannot be had on this machine is left out, and its tests are skipped. Spark needs Java 17.
test-engines: $(ENGINES)/built
	@$(ENGINES)/bin/python -c "import pytest, pyarrow" || echo "the engines cannot be had on this machine: their tests are skipped"
	! $(ENGINES)/bin/python -c "import pytest, pyarrow" 2> /dev/null || \
		$(ENGINES)/bin/python -m pytest -rs -W default tests/engines "tests/test_docs.py::test_every_block_runs[engines]"

# The wheel that .venv has made already.
$(ENGINES)/built: $(VENV)/built $(ENGINES)/packages
	rm -rf target/wheels/engines
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir target/wheels/engines .
	$(ENGINES)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels/engines/*.whl
	@touch $@

$(ENGINES)/packages: pyproject.toml
	$(PYTHON) -m venv $(ENGINES)
	@$(PYTHON) tools/dev_requirements.py engines > $(ENGINES)/wanted
	$(ENGINES)/bin/pip install --quiet --disable-pip-version-check -r $(ENGINES)/wanted || while read -r package; do \
		$(ENGINES)/bin/pip install --quiet --disable-pip-version-check "$$package" || echo "cannot be had here: $$package"; \
	done < $(ENGINES)/wanted
	@touch $@

# As a site in docs/_build/html; a warning is an error. The tests run its blocks.
docs: $(VENV)/docs build
	$(BIN)/python -m sphinx -W --keep-going --quiet docs docs/_build/html

# The catalogue of rules, from the rule files and their examples.
rules: | $(VENV)/created
	$(BIN)/python tools/make_rules_page.py

# What the documentation shows of the package: the tour's outputs; the numbers and the picture (these need the evaluation
# data beside the checkout, and Chromium).
tour: $(VENV)/dev build
	$(BIN)/python tools/tour.py

numbers: $(VENV)/dev build
	$(BIN)/python tools/numbers.py

picture: $(VENV)/dev build
	$(BIN)/python tools/picture.py

# Of every CPython on this machine, each installed and tested; and the source archive.
wheels: $(VENV)/dev
	$(BIN)/python tools/wheels.py

tables: $(VENV)/dev
	$(BIN)/python tools/make_tables.py

# Needs a corpus beside the checkout; says so where there is none.
bench: $(VENV)/dev build
	$(BIN)/python benches/speed.py
	$(BIN)/python benches/normalize.py
	$(BIN)/python benches/sentences.py

# The kernels alone, by criterion; needs no corpus.
bench-kernels:
	cargo bench --manifest-path benches/kernels/Cargo.toml

# Each target for a minute (`make fuzz FUZZ_SECONDS=600`): storages against each other, nothing lost, damaged files refused.
# Needs cargo-fuzz (`cargo install cargo-fuzz`); the variable lets a stable compiler take its flags.
FUZZ_SECONDS ?= 60
fuzz:
	for target in normalize sentences pages damage; do \
		mkdir -p fuzz/corpus/$$target && \
		RUSTC_BOOTSTRAP=1 cargo fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=3000 -len_control=0 || exit 1; \
	done

clean:
	rm -rf $(VENV) $(ENGINES) target fuzz/target dist docs/_build
