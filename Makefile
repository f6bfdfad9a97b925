# Everything a newcomer needs; nothing here asks for more than Python 3.11+ and make.
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
PUERTO ?= 8000
# A process per core, each with a database of its own; PAR=0 for one, to follow a test with a debugger.
PAR ?= auto
A_LA_PAR := -n $(PAR) --dist loadfile
# Time zone rules come from the locked tzdata package, not from the machine.
export PYTHONTZPATH :=
export PUERTO

.PHONY: help run demo test test-services lint format suite reglas flujos manual bench lock clean entorno entorno-test entorno-dev

help:
	@echo "make run            start Postventa with its demo on http://127.0.0.1:$(PUERTO) (PUERTO=8001 for another port)"
	@echo "make demo           put the demo data back as on the first day"
	@echo "make test           linters and the suite that needs no server and no browser"
	@echo "make test-services  the whole suite on PostgreSQL and Redis, with Celery and Chromium"
	@echo "make lint           ruff, layers between packages, missing migrations"
	@echo "make format         let ruff put the code in order"
	@echo "make reglas         each business rule with the tests that prove it"
	@echo "make flujos         draw the state machines from the code into docs/flujos/"
	@echo "make bench          measure beside bare floors on PostgreSQL, as JSON lines (ARGS='--solo envio'; see docs/rendimiento.md)"
	@echo "make manual         take the manual's pictures from the demo (Chromium) and print it to var/manual/"
	@echo "make lock           resolve pyproject.toml again into requirements*.txt"
	@echo "make clean          remove .venv and var/ (the demo's data too)"

entorno:
	@sh herramientas/entorno.sh requirements.txt

entorno-test:
	@sh herramientas/entorno.sh requirements-test.txt

entorno-dev:
	@sh herramientas/entorno.sh requirements-dev.txt

run: entorno
	@exec $(PYTHON) herramientas/correr.py

demo: entorno
	@exec $(PYTHON) herramientas/correr.py --reiniciar

test:
	@inicio=$$(date +%s); $(MAKE) lint suite; salida=$$?; \
	echo "make test: $$(( $$(date +%s) - inicio )) s"; exit $$salida

lint: entorno-test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { echo "postventa: run 'make format'"; exit 1; }
	@.venv/bin/lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=postventa.settings.test env -u DATABASE_URL $(PYTHON) manage.py makemigrations --check --dry-run

format: entorno-test
	@.venv/bin/ruff check --fix --exit-zero --quiet .
	@.venv/bin/ruff format .

suite: entorno-test
	@env -u DATABASE_URL -u REDIS_URL $(PYTHON) -m pytest -m "not servicios and not navegador" $(A_LA_PAR) $(ARGS)

reglas: entorno-test
	@env -u DATABASE_URL -u REDIS_URL $(PYTHON) herramientas/reglas.py

flujos: entorno
	@$(PYTHON) herramientas/flujos.py

manual: entorno-dev
	@exec $(PYTHON) herramientas/retratos.py

bench: entorno
	@exec $(PYTHON) herramientas/bench/correr.py $(ARGS)

test-services:
	@inicio=$$(date +%s); sh herramientas/entorno.sh requirements-dev.txt && \
	$(PYTHON) herramientas/servicios.py sh herramientas/suites.sh $(A_LA_PAR) -- $(ARGS); salida=$$?; \
	echo "make test-services: $$(( $$(date +%s) - inicio )) s"; exit $$salida

lock: entorno-dev
	@sh herramientas/candados.sh

clean:
	rm -rf .venv var .pytest_cache .ruff_cache .hypothesis .import_linter_cache
