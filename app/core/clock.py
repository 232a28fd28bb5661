"""The only source of "now"."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def utc_now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)


def to_local(moment: datetime) -> datetime:
    """Return the same moment on a clock in Việt Nam (UTC+7, no summer time)."""
    return moment.astimezone(LOCAL_ZONE)
