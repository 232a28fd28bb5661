"""A face as plain JSON values and back: what was printed can be printed again, to the letter."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from app.certificates.domain.face import CertificateFace


def face_values(face: CertificateFace) -> dict[str, Any]:
    """Return the fields as JSON values; days as ``2026-11-23``."""
    values = {each.name: getattr(face, each.name) for each in fields(face)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def face_from_values(values: dict[str, Any]) -> CertificateFace:
    """Return the face that :func:`face_values` made these values of.

    :raises TypeError: a field is unknown or missing
    """
    days = {
        name: date.fromisoformat(value)
        for name, value in values.items()
        if name.endswith("_on") and value is not None
    }
    return CertificateFace(**{**values, **days})
