"""How often somebody may fail before being asked to wait; kept in the memory of one process.

For reads that anybody may make: a GET writes nothing, so its counting cannot be in the database.
"""

from __future__ import annotations

import ipaddress
import math
import threading
from collections import OrderedDict
from datetime import datetime


class Allowance:
    """A bucket of failures for each key, refilled steadily; safe to share between threads.

    :param most: failures in a row that are let pass
    :param per_minute: how many come back in a minute
    :param keys: how many keys are remembered; the one longest unseen is forgotten first
    """

    def __init__(self, *, most: int, per_minute: float, keys: int = 10_000) -> None:
        self._most = most
        self._per_second = per_minute / 60
        self._keys = keys
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, key: str, at: datetime) -> int:
        """Count one failure; return 0, or the seconds to wait when none was left."""
        with self._lock:
            left, since = self._left.pop(key, (float(self._most), at))
            passed = max((at - since).total_seconds(), 0.0)
            left = min(left + passed * self._per_second, float(self._most))
            allowed = left >= 1
            self._left[key] = (left - 1 if allowed else left, at)
            if len(self._left) > self._keys:
                self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._per_second)


def address_key(address: str | None) -> str:
    """Return what an address is counted under: an IPv6 subscriber has a whole /64."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
