# Chancery. `make run` and `make test` are all you need; `make help` names the rest.

PORT ?= 8080
DATA ?= ./data
WORLD_DATA ?= ./world
WORLD_PORT ?= 8090
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

# A release without the C++ libraries' own assertions: in BoringSSL's they stand in the innermost loops of ML-DSA, which signs every checkpoint.
RELEASE = -c release --product chancery -Xcxx -DNDEBUG

SOURCES = Sources Tests Package.swift

.DEFAULT_GOAL := help
.PHONY: help run world test unit outside lint format bench docs clean

help: ## Say what each target does.
	@echo "Targets (make TARGET):"
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 12
	@echo "Variables: PORT=$(PORT)  DATA=$(DATA)  WORLD_PORT=$(WORLD_PORT)  WORLD_DATA=$(WORLD_DATA)  JOBS=$(JOBS)"

run: ## Build the release and start a node with the sample register on 127.0.0.1:PORT, its data in DATA.
	@Scripts/set-up run
	swift build $(RELEASE) -j $(JOBS)
	@exec "$$(swift build -c release --show-bin-path)/chancery" demo --data "$(DATA)" --port "$(PORT)"

world: ## Build the release and start five nodes with a story among them, on 127.0.0.1:WORLD_PORT and the next four, their data in WORLD_DATA.
	@Scripts/set-up run
	swift build $(RELEASE) -j $(JOBS)
	@exec "$$(swift build -c release --show-bin-path)/chancery" world --data "$(WORLD_DATA)" --port "$(WORLD_PORT)"

test: ## Set up what the tests need, run the Swift tests, then the browser and API tests against a node.
	@Scripts/set-up test
	@Scripts/test

unit: ## The Swift tests alone.
	@Scripts/set-up test
	@Scripts/test swift

outside: ## The browser and API tests alone.
	@Scripts/set-up test
	@Scripts/test outside

lint: ## Check the form of the Swift sources.
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Put the Swift sources in form.
	swift format --in-place --parallel --recursive $(SOURCES)

bench: ## Measure, against Go's tree, bare SQLite and an empty route in the same run.
	@Scripts/set-up bench
	swift build $(RELEASE) -j $(JOBS)
	@Scripts/bench "$$(swift build -c release --show-bin-path)/chancery"

docs: ## Make the reference of the Ledger library into .build/docs (needs swift-docc in the toolchain).
	@Scripts/make-docs Ledger .build/docs

clean: ## Remove what was built and the test tools. Never touches DATA or WORLD_DATA.
	rm -rf .build .tools
