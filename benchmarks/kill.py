"""Kill the server again and again while a class saves its answers; count what is lost or doubled.

    python -m benchmarks.kill [--cycles 100] [--learners 10] [--seed N]

Each cycle: 10 learners save answers over kept connections, all processes of the server get SIGKILL
50 to 250 ms after each learner has a receipt, the file is checked, the server starts again, what
has no receipt is sent again, and the file is checked again. Ends with status 1 at the first fault.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.reliability.factories import make_sitters
from tests.reliability.rush import Client, kill_cycle
from tests.reliability.server import Launcher, new_instance


def main() -> None:
    """Run the cycles and print the count."""
    parser = argparse.ArgumentParser(description="Kill the server while answers are saved.")
    parser.add_argument("--cycles", type=int, default=100)
    parser.add_argument("--learners", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    arguments = parser.parse_args()
    rng = Random(arguments.seed)
    print(f"seed {arguments.seed}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="taphuan-kill-") as name, Launcher() as launcher:
        folder = Path(name)
        with new_instance(folder).app_context():
            sitters = make_sitters(arguments.learners, question_count=40)
        clients = [Client(each, Random(rng.random())) for each in sitters]
        for cycle in range(1, arguments.cycles + 1):
            try:
                found = kill_cycle(launcher, folder, clients, rng)
            except AssertionError as fault:
                sys.exit(f"cycle {cycle}: {fault}")
            if cycle % 10 == 0 or cycle == arguments.cycles:
                print(
                    f"{cycle} kills: {found.acknowledged} answers acknowledged, "
                    f"{found.stored} stored, 0 lost, 0 doubled, {time.monotonic() - began:.0f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
