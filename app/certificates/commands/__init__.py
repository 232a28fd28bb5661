"""Writes of the register; every function runs inside the caller's ``transaction()``."""

from app.certificates.commands.choosing import choose
from app.certificates.commands.issuing import issue_batch, issue_drawn_ahead, plan
from app.certificates.commands.orders import IssueOrder, Planned
from app.certificates.commands.register import reissue, revoke
from app.certificates.commands.settings import IssuerValues, save_issuer

__all__ = [
    "IssueOrder",
    "IssuerValues",
    "Planned",
    "choose",
    "issue_batch",
    "issue_drawn_ahead",
    "plan",
    "reissue",
    "revoke",
    "save_issuer",
]
