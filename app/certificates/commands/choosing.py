"""Choose who gets a certificate now, and say of whom that cannot be."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from app.certificates.errors import (
    AlreadyIssuedError,
    NameNotConfirmedError,
    NameReportedError,
    NobodyToIssueError,
    NotEligibleError,
    NotInCohortError,
)
from app.certificates.queries import Candidate


def choose(
    candidates: Collection[Candidate],
    enrolment_ids: frozenset[uuid.UUID] | None,
    *,
    confirmed_on_paper: bool,
) -> list[Candidate]:
    """Return who gets a certificate now, in the order of the cohort's list.

    Without ``enrolment_ids``: everybody who meets the rule, has none, and whose name is sure.

    :raises NobodyToIssueError: nobody does
    :raises NotInCohortError: somebody chosen is not among the candidates
    :raises AlreadyIssuedError: naming who of the chosen has one
    :raises NotEligibleError: naming who does not meet the rule
    :raises NameReportedError: naming who has reported the name as wrong
    :raises NameNotConfirmedError: naming who has not confirmed the name
    """
    if enrolment_ids is None:
        chosen = [each for each in candidates if _may_have_one(each, on_paper=confirmed_on_paper)]
    else:
        chosen = [each for each in candidates if each.enrolment_id in enrolment_ids]
        if len(chosen) < len(enrolment_ids):
            raise NotInCohortError
        _refuse_wrong_choices(chosen, on_paper=confirmed_on_paper)
    if not chosen:
        raise NobodyToIssueError
    return sorted(chosen, key=lambda each: each.number)


def _may_have_one(each: Candidate, *, on_paper: bool) -> bool:
    name_is_sure = each.name_confirmed_at is not None or (on_paper and not each.name_remark)
    return not each.missing and each.certificate_id is None and name_is_sure


def _refuse_wrong_choices(chosen: Collection[Candidate], *, on_paper: bool) -> None:
    unsure = [each for each in chosen if each.name_confirmed_at is None]
    if certified := _names(each for each in chosen if each.certificate_id is not None):
        raise AlreadyIssuedError(certified)
    if lacking := _names(each for each in chosen if each.missing):
        raise NotEligibleError(lacking)
    if reported := _names(each for each in unsure if each.name_remark):
        raise NameReportedError(reported)
    if unsure and not on_paper:
        raise NameNotConfirmedError(_names(unsure))


def _names(people: Iterable[Candidate]) -> list[str]:
    return [each.printed_name for each in people]
