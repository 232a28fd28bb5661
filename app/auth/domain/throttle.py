"""How long one waits after failing to sign in: a growing delay, never a lock.

Three counters. One account tried from one address: strict. One account from all addresses: looser,
so that a stranger who fails on purpose does not keep the owner out elsewhere. One address, whatever
the account: loosest, because a whole class sits behind one. Failures are forgiven one by one as
time passes, so nobody has to lift a block.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

FORGOTTEN_AFTER = timedelta(days=1)
_IPV6_SITE_BITS = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one counter allows.

    ``free`` failures cost nothing; each one more doubles the wait from ``first_wait`` up to
    ``longest_wait``; one failure is forgiven per ``forgiven_every``.
    """

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgiven_every: timedelta

    def failures_after(self, failures: int, since_last: timedelta) -> int:
        """Return how many failures still count, that long after the last."""
        return max(0, failures - max(0, since_last // self.forgiven_every))

    def wait(self, failures: int) -> timedelta:
        """Return how long to wait after that many failures."""
        over = failures - self.free
        if over <= 0:
            return timedelta(0)
        doubled: int = 2 ** min(over - 1, 16)
        return min(self.first_wait * doubled, self.longest_wait)


# From one address a guesser gets about a hundred guesses a day at one account.
ACCOUNT_FROM_ADDRESS = Allowance(
    free=4,
    first_wait=timedelta(seconds=30),
    longest_wait=timedelta(minutes=15),
    forgiven_every=timedelta(minutes=15),
)
# From all addresses together fifty in an hour are free, then about thirty.
ACCOUNT = Allowance(
    free=50,
    first_wait=timedelta(seconds=30),
    longest_wait=timedelta(minutes=5),
    forgiven_every=timedelta(seconds=72),
)
# A hall of seventy may fail once or twice each; afterwards twelve failures a minute.
ADDRESS = Allowance(
    free=120,
    first_wait=timedelta(seconds=5),
    longest_wait=timedelta(minutes=1),
    forgiven_every=timedelta(seconds=5),
)


def site_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 that one IPv6 site holds."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found), _IPV6_SITE_BITS), strict=False))
