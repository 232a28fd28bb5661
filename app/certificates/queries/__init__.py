"""Reads of certificates."""

from app.certificates.queries.issuing import (
    MAIN_ISSUER,
    Candidate,
    find_issuer,
    get_issuer,
    list_candidates,
    next_number,
)
from app.certificates.queries.papers import (
    Paper,
    get_paper,
    list_faces,
    list_papers,
)
from app.certificates.queries.register import (
    CertificateRow,
    find_by_code,
    find_by_digest,
    find_mine,
    get_mine,
    get_row,
    list_of_batch,
    list_of_cohort,
    list_register,
    list_register_years,
)

__all__ = [
    "MAIN_ISSUER",
    "Candidate",
    "CertificateRow",
    "Paper",
    "find_by_code",
    "find_by_digest",
    "find_issuer",
    "find_mine",
    "get_issuer",
    "get_mine",
    "get_paper",
    "get_row",
    "list_candidates",
    "list_faces",
    "list_of_batch",
    "list_of_cohort",
    "list_papers",
    "list_register",
    "list_register_years",
    "next_number",
]
