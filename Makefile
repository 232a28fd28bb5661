# For developers. Everything a user needs is ./taphuan.
.POSIX:
.PHONY: help check test demo words lock
UV = .venv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

help:
	@echo 'make check   lint, types, layers, templates, then all tests'
	@echo 'make test    all tests'
	@echo 'make demo    a running instance with a cohort of 70'
	@echo 'make words   sentences of the source into the English catalogue; says which lack English'
	@echo 'make lock    newest allowed versions into requirements/*.txt (UPGRADE= keeps the present ones)'

check:
	./taphuan check

test:
	./taphuan test

demo:
	./taphuan demo

words:
	.venv/bin/python tools/catalogue.py

UPGRADE = --upgrade
lock:
	echo 'uv>=0.13,<0.14' | $(COMPILE) $(UPGRADE) -o requirements/uv.txt -
	$(COMPILE) $(UPGRADE) -o requirements/app.txt requirements/app.in
	$(COMPILE) $(UPGRADE) -o requirements/test.txt requirements/test.in
