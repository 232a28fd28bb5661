"""What is too large is read to its end before it is refused, so that the refusal arrives."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("size", [3 * MEGABYTE, 8 * MEGABYTE])
def test_a_body_that_is_too_large_is_read_and_refused(app: Flask, size: int) -> None:
    assert posted(app, size) == (413, 0)


def test_a_body_beyond_all_measure_is_refused_unread(app: Flask) -> None:
    assert posted(app, 9 * MEGABYTE) == (413, 9 * MEGABYTE)


def posted(app: Flask, size: int) -> tuple[int, int]:
    """Return the status of a post of that size and how much of it was left unread."""
    body = BytesIO(bytes(size))
    reply = app.test_client().post(
        "/login",
        input_stream=body,
        content_length=size,
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    return reply.status_code, size - body.tell()
