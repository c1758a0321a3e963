# Stenosis PT. `make help` lists what there is; the work itself stands in scripts/.

PORT ?= 8000
export PORT
BIN := .venv/bin
RUN_STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev
VOICE_STAMP := .tools/voice/.installed

.DEFAULT_GOAL := help
.PHONY: help env run test lint format bench rules screenshots voice clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: $(RUN_STAMP) ## Build .venv with what the application needs

run: $(RUN_STAMP) ## Start the demo on http://127.0.0.1:8000 (PORT=... changes it)
	@$(BIN)/python -m scripts.serve

test: $(DEV_STAMP) ## Run every check and every test
	@$(BIN)/python -m scripts.test

lint: $(DEV_STAMP) ## Every check that is no test: lint, format, types, import contracts, migrations, settings, rules
	@$(BIN)/python -m scripts.test lint

format: $(DEV_STAMP) ## Put the code into its standard form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEV_STAMP) ## Measure pages, intake, assembly and the player against references
	@$(BIN)/python -m benchmarks

rules: $(DEV_STAMP) ## List each safety and routine rule, its code and its tests
	@STENOSIS_PT_MODE=test DATABASE_URL=sqlite:///:memory: $(BIN)/python manage.py rules

screenshots: $(DEV_STAMP) ## Make the pictures of the README again
	@$(BIN)/python -m scripts.screenshots

voice: $(RUN_STAMP) $(VOICE_STAMP) ## Record the spoken cues again
	@$(BIN)/python -m scripts.voice

clean: ## Remove what can be made again (the demo's data in var/ too)
	rm -rf .venv .tools var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN_STAMP): requirements.lock scripts/env.sh
	@bash scripts/env.sh requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock scripts/env.sh
	@bash scripts/env.sh requirements-dev.lock
	@touch $@ $(RUN_STAMP)

$(VOICE_STAMP): requirements-voice.lock scripts/env.sh
	@bash scripts/env.sh requirements-voice.lock .tools/voice
	@touch $@
