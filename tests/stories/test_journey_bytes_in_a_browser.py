"""The weight of a learner's whole journey, counted on the socket."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.journey import COLD_GOAL, measure, table
from tests.stories.site import copy_of

pytestmark = [pytest.mark.browser, pytest.mark.story]
WARM_LIMIT = 15_000
"""What a second visit may weigh today; the goal is ``benchmarks.journey.WARM_GOAL``."""


def test_the_journey_from_sign_in_to_the_result_is_light(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    cold, warm = measure(copy_of(demo, tmp_path / "instance"), tmp_path, tls=True)
    with capsys.disabled():
        print("\n" + table("bytes, HTTP/2 over TLS", cold, warm))  # noqa: T201
    assert cold.down <= COLD_GOAL
    assert warm.down <= WARM_LIMIT
