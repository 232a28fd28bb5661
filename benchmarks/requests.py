"""Print what requests cost the server, as multiples of a bare Flask reply on the same server.

    python -m benchmarks.requests [--rounds 5] [--requests 600] [--only "answer saved"]

The production server (two workers, SQLite in WAL mode with synchronous=FULL) serves a class of 70.
In each round every kind of request is sent in turn over eight kept connections, the bare reply
among them; the cost is the processor time of the server's whole process tree by the number of
requests. Printed are the median of the rounds with the least and the most, and the median of the
ratios to the bare reply of the same round. Times depend on the machine, the ratios hardly.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import selectors
import statistics
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.data import (
    BARE_PATH,
    INSIDE_PATH,
    SIGNED_IN_PATH,
    BenchClass,
    make_bench_class,
)
from tests.reliability.server import Launcher, Server, new_instance
from tests.reliability.wire import Reply, Wire, get, post

_CONNECTIONS = 8
_WARM_UP = 400
BARE = "bare Flask reply"


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of request: how the next one is made, the status expected, the most it may cost.

    ``goal`` and ``limit`` are multiples of the bare reply.
    """

    name: str
    requests: Iterator[bytes]
    status: int = 200
    goal: float | None = None
    limit: float | None = None


def _answers(bench: BenchClass) -> Iterator[bytes]:
    """Make answers without end, each a new response of the next learner to the next question."""
    for seq in itertools.count(1):
        for learner in bench.learners:
            slot = seq % len(learner.answers)
            fields = {
                **learner.answers[slot],
                "response_id": str(uuid.uuid4()),
                "seq": str(seq),
            }
            path = f"/attempts/{learner.attempt_id}/slots/{slot + 1}"
            yield post(path, fields, cookie=learner.token)


def _works(bench: BenchClass, ask: Callable[[bytes], Reply]) -> list[Work]:
    """Return everything that is measured."""
    tokens = [each.token for each in bench.learners]
    lesson = f"/learn/{bench.slug}/{bench.lesson_key}"
    known = [
        get(lesson, each, If_None_Match=ask(get(lesson, each)).header("ETag")) for each in tokens
    ]
    board = f"/teach/{bench.slug}"
    trainer = bench.trainer_token
    count = len(bench.learners)
    members = f"{count}-{count * (count + 1) // 2}"  # numbered from 1
    news = f"{board}/changes?since=9999999&members={members}"

    def of_learners(path: str) -> Iterator[bytes]:
        return itertools.cycle([get(path, each) for each in tokens])

    return [
        Work(BARE, itertools.repeat(get(BARE_PATH))),
        Work("the same, inside the program", itertools.repeat(get(INSIDE_PATH))),
        Work("the same, with sign-in check", of_learners(SIGNED_IN_PATH)),
        Work("unchanged lesson (304)", itertools.cycle(known), 304, 1.2, 1.3),
        Work("lesson", of_learners(lesson), 200, 1.4, 2),
        Work("my classes", of_learners("/learn")),
        Work("outline", of_learners(f"/learn/{bench.slug}"), 200, 1.4, 2),
        Work(
            "test page of 10 questions",
            itertools.cycle(
                [get(f"/attempts/{each.attempt_id}", each.token) for each in bench.learners]
            ),
        ),
        Work("answer saved (WAL, FULL)", _answers(bench), 200, 2, 3),
        Work("board of 70", itertools.repeat(get(board, trainer)), 200, None, 6),
        Work(
            "board, nothing changed (204)",
            itertools.repeat(get(news, trainer, HX_Request="true")),
            204,
        ),
    ]


def send(server: Server, work: Work, count: int) -> None:
    """Send requests over several kept connections, one at a time on each.

    :raises AssertionError: a reply has another status
    """
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        left = count
        for _ in range(min(_CONNECTIONS, count)):
            wire = stack.enter_context(closing(Wire(server.port)))
            wire.send(next(work.requests))
            selector.register(wire, selectors.EVENT_READ, wire)
            left -= 1
        while selector.get_map():
            for key, _mask in selector.select():
                wire = key.data
                reply = wire.receive()
                assert reply.status == work.status, f"{work.name}: {reply.status}"
                if left:
                    wire.send(next(work.requests))
                    left -= 1
                else:
                    selector.unregister(wire)


def cost(server: Server, work: Work, count: int) -> float:
    """Return CPU-ms of the server for each of so many requests.

    Some go ahead unmeasured, so that what an answer changed meanwhile (the outline of its
    learner) is made anew before and not during the measurement.
    """
    send(server, work, _WARM_UP)
    before = server.cpu_seconds()
    send(server, work, count)
    return (server.cpu_seconds() - before) / count * 1000


def report(works: list[Work], costs: dict[str, list[float]]) -> None:
    """Print the table."""
    print(f"{'request':<30}{'CPU-ms [least - most]':>26}{'× bare':>9}{'goal':>7}{'limit':>7}")
    for work in works:
        rounds = costs[work.name]
        ratios = [mine / bare for mine, bare in zip(rounds, costs[BARE], strict=True)]
        figures = f"{statistics.median(rounds):.2f} [{min(rounds):.2f} - {max(rounds):.2f}]"
        print(
            f"{work.name:<30}{figures:>26}{statistics.median(ratios):>9.2f}"
            f"{work.goal or '':>7}{work.limit or '':>7}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print what requests cost the server.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=600, help="of each kind in a round")
    parser.add_argument("--only", default="", help="only the kinds whose name holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="taphuan-requests-") as name, Launcher() as launcher:
        folder = Path(name)
        logging.disable(logging.INFO)
        with new_instance(folder).app_context():
            bench = make_bench_class()
        with launcher.serving(folder, target="benchmarks.application:app") as server:
            works = _works(bench, lambda request: _ask(server, request))
            works = [each for each in works if each.name == BARE or arguments.only in each.name]
            costs: dict[str, list[float]] = {each.name: [] for each in works}
            for _ in range(arguments.rounds):
                for work in works:
                    costs[work.name].append(cost(server, work, arguments.requests))
    report(works, costs)


def _ask(server: Server, request: bytes) -> Reply:
    with closing(Wire(server.port)) as wire:
        return wire.ask(request)


if __name__ == "__main__":
    main()
