"""What happens to a certificate in the register, and the state that follows from it."""

from __future__ import annotations

import enum
from collections.abc import Collection


class EntryKind(enum.StrEnum):
    """What an entry of the register says."""

    ISSUED = "issued"
    REPLACED = "replaced"
    REVOKED = "revoked"


class CertificateState(enum.StrEnum):
    """How a certificate stands today; never stored, always derived from the entries."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


def state_of(entries: Collection[EntryKind]) -> CertificateState:
    """Return the state that the entries give; revoked outweighs replaced."""
    if EntryKind.REVOKED in entries:
        return CertificateState.REVOKED
    if EntryKind.REPLACED in entries:
        return CertificateState.REPLACED
    return CertificateState.VALID
