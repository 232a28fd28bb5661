"""One of several processes that write to one database: started by the test, gives its count."""

from __future__ import annotations

import json
import sys
import uuid
from collections import Counter
from pathlib import Path
from random import Random

from app.core.clock import utc_now
from app.core.db import transaction
from app.factory import create_app
from app.quizzes import commands
from config import Config


def main() -> None:
    """Save answers to the attempts named on standard input; print how each ended."""
    order = json.loads(sys.stdin.readline())
    app = create_app(
        Config(
            data_dir=Path(order["folder"]),
            secret_key="for one test",
            database_url=order["database_url"],
        )
    )
    rng = Random(order["seed"])
    ended: Counter[str] = Counter()
    saved: list[str] = []
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()  # all begin together
    with app.app_context():
        for seq in range(1, order["writes"] + 1):
            attempt_id, learner_id, slots = rng.choice(order["attempts"])
            response_id = uuid.UUID(int=rng.getrandbits(128), version=4)
            try:
                with transaction():
                    commands.record_answer(
                        attempt_id=uuid.UUID(attempt_id),
                        slot_number=rng.randint(1, slots),
                        learner_id=uuid.UUID(learner_id),
                        posted={"a": [str(rng.randrange(3))]},
                        response_id=response_id,
                        seq=seq,
                        received_at=utc_now(),
                    )
            except Exception as error:
                ended[f"{type(error).__name__}: {error.__cause__}"] += 1
            else:
                ended["saved"] += 1
                saved.append(response_id.hex)
    sys.stdout.write(json.dumps({"ended": ended, "saved": saved}) + "\n")


if __name__ == "__main__":
    main()
