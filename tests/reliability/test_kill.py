"""A power cut while a class saves its answers (fault F01)."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.db import read
from tests.reliability.factories import make_sitters
from tests.reliability.rush import Client, kill_cycle
from tests.reliability.server import Launcher, new_instance

CYCLES = 3


@pytest.fixture
def instance(tmp_path: Path) -> Flask:
    return new_instance(tmp_path)


def test_a_commit_is_on_the_disk_before_the_receipt(instance: Flask) -> None:
    with instance.app_context():
        assert read_pragma("journal_mode") == "wal"
        assert read_pragma("synchronous") == 2  # FULL
        assert read_pragma("foreign_keys") == 1


def read_pragma(name: str) -> object:
    return read(sa.text(f"PRAGMA {name}")).scalar_one()


@pytest.mark.slow
def test_a_killed_server_loses_and_doubles_no_acknowledged_answer(
    instance: Flask, tmp_path: Path
) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")  # shown when the test fails
    rng = Random(seed)
    with instance.app_context():
        sitters = make_sitters(10)
    clients = [Client(each, Random(rng.random())) for each in sitters]
    with Launcher() as launcher:
        for _ in range(CYCLES):
            found = kill_cycle(launcher, tmp_path, clients, rng)
            assert found.acknowledged == found.stored > 0
