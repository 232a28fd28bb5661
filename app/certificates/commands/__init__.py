"""Writes of the register; every function runs inside the caller's ``transaction()``."""

from app.certificates.commands.choosing import choose
from app.certificates.commands.issuing import IssueOrder, issue_batch, issue_drawn_ahead
from app.certificates.commands.register import reissue, revoke
from app.certificates.commands.settings import IssuerValues, save_issuer

__all__ = [
    "IssueOrder",
    "IssuerValues",
    "choose",
    "issue_batch",
    "issue_drawn_ahead",
    "reissue",
    "revoke",
    "save_issuer",
]
