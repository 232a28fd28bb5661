"""Learners who save answers while the server is killed, and the account of what must be there.

An answer counts as acknowledged only once its whole receipt has been read. The account is checked
in the file by a connection of its own, not through the program's reads.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from app.progress.domain.cells import decode
from tests.reliability.factories import Sitter
from tests.reliability.server import Launcher, Server
from tests.reliability.wire import Wire, post

_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Saving:
    """One answer as it is sent; sending it again sends the same."""

    attempt_id: uuid.UUID
    slot: int
    response_id: uuid.UUID
    seq: int
    shown_choice: int

    def request(self, token: str) -> bytes:
        """Return the request that saves it."""
        fields = {
            "a": str(self.shown_choice),
            "response_id": str(self.response_id),
            "seq": str(self.seq),
        }
        return post(f"/attempts/{self.attempt_id}/slots/{self.slot}", fields, cookie=token)


@dataclass(slots=True)
class Client:
    """One learner's browser: sends answers one after the other, keeps what has a receipt.

    Now and then an answer is sent twice, or two go out in the wrong order.
    """

    sitter: Sitter
    rng: Random
    seq: int = 0
    sent: list[Saving] = field(default_factory=list)
    acknowledged: list[Saving] = field(default_factory=list)
    unsure: list[Saving] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def _next(self) -> Saving:
        self.seq += 1
        return Saving(
            self.sitter.attempt_id,
            self.rng.randint(1, self.sitter.question_count),
            uuid.UUID(int=self.rng.getrandbits(128), version=4),
            self.seq,
            self.rng.randrange(_CHOICES),
        )

    def _batch(self) -> list[Saving]:
        chance = self.rng.random()
        if chance < 0.1:
            return [self._next()] * 2
        if chance < 0.2:
            return [self._next(), self._next()][::-1]
        return [self._next()]

    def _save(self, wire: Wire, saving: Saving) -> bool:
        if saving not in self.unsure:
            self.unsure.append(saving)
        reply = wire.ask(saving.request(self.sitter.token))
        if reply.status != 200:
            self.refused.append(f"{saving}: {reply.status}")
            return False
        self.unsure.remove(saving)
        self.acknowledged.append(saving)
        return True

    def save_until_broken(self, port: int, is_saving: threading.Event) -> None:
        """Save answers until the connection breaks (or the server refuses one)."""
        try:
            wire = Wire(port)
            with closing(wire):
                while True:
                    for saving in self._batch():
                        self.sent.append(saving)
                        if not self._save(wire, saving):
                            return
                        is_saving.set()
        except OSError:
            return

    def send_again(self, port: int) -> None:
        """Send what has no receipt again, as the outbox of a phone does, and one that has."""
        with closing(Wire(port)) as wire:
            for saving in [*self.unsure, *self.acknowledged[-1:]]:
                self._save(wire, saving)


def rush(server: Server, clients: Sequence[Client], rng: Random) -> None:
    """Kill the server 50 to 250 ms after each client has its first receipt.

    :raises AssertionError: a client got no receipt in 30 s, or did not notice the end
    """
    saving = [threading.Event() for _ in clients]
    threads = [
        threading.Thread(target=each.save_until_broken, args=(server.port, mine), daemon=True)
        for each, mine in zip(clients, saving, strict=True)
    ]
    for thread in threads:
        thread.start()
    assert all(each.wait(30) for each in saving), "a client got no receipt"
    threading.Event().wait(rng.uniform(0.05, 0.25))
    server.kill()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found after a kill."""

    acknowledged: int
    stored: int


def kill_cycle(launcher: Launcher, folder: Path, clients: Sequence[Client], rng: Random) -> Found:
    """Start the server, save, kill it; start it again, send again, and check the whole account.

    :raises AssertionError: an answer is lost, doubled or in the wrong place
    """
    rush(launcher.start(folder), clients, rng)
    check_account(folder, clients)
    server = launcher.start(folder)
    try:
        for each in clients:
            each.send_again(server.port)
            assert not each.unsure
    finally:
        server.kill()
    return check_account(folder, clients)


def check_account(folder: Path, clients: Sequence[Client]) -> Found:
    """Compare the file with what the clients know.

    :raises AssertionError: naming the first thing that is wrong
    """
    with closing(sqlite3.connect(folder / "taphuan.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = 0
        for client in clients:
            assert client.refused == []
            stored += _check_client(file, client)
    return Found(sum(len(set(each.acknowledged)) for each in clients), stored)


def _check_client(file: sqlite3.Connection, client: Client) -> int:
    attempt = client.sitter.attempt_id.hex
    rows = file.execute(
        "SELECT id, slot_number, seq, CAST(payload AS TEXT) FROM response WHERE attempt_id = ?",
        (attempt,),
    ).fetchall()
    slots = {
        number: (json.loads(arrangement), response, response_id, seq)
        for number, arrangement, response, response_id, seq in file.execute(
            "SELECT number, arrangement, CAST(response AS TEXT), response_id, response_seq"
            " FROM attempt_slot WHERE attempt_id = ?",
            (attempt,),
        )
    }
    known = {each.response_id.hex: each for each in client.sent}
    times = Counter(row[0] for row in rows)
    lost = [each for each in client.acknowledged if times[each.response_id.hex] == 0]
    assert not lost, f"{len(lost)} acknowledged answers are lost: {lost[:3]}"
    assert not [each for each, count in times.items() if count > 1], "doubled"
    newest: dict[int, tuple[int, str, str]] = defaultdict(lambda: (0, "", ""))
    for response_id, number, seq, payload in rows:
        sent = known[response_id]
        assert (number, seq) == (sent.slot, sent.seq)
        assert json.loads(payload) == slots[number][0][sent.shown_choice]
        newest[number] = max(newest[number], (seq, response_id, payload))
    for number, (_arrangement, response, response_id, seq) in slots.items():
        expected = newest.get(number)
        found = (seq, response_id, response) if response_id else None
        assert found == expected, f"slot {number}: {found}, the newest is {expected}"
    head = file.execute(
        "SELECT last_seq, answered_count FROM attempt WHERE id = ?", (attempt,)
    ).fetchone()
    assert head == (max((row[2] for row in rows), default=0), len(newest))
    (cells,) = file.execute(
        "SELECT cells FROM progress_row WHERE enrolment_id = ?", (client.sitter.enrolment_id.hex,)
    ).fetchone()
    assert decode(cells)[0].answered == len(newest)
    return len(rows)
