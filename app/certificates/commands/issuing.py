"""Issue certificates to a cohort, all in one transaction.

Drawing 70 papers takes more than a second, in which nobody else could save an answer. So they are
drawn before the transaction, with the numbers they will most likely get; inside it everything is
computed again, and bytes are taken over only for a face that came out the same to the letter.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime

from app.certificates import queries
from app.certificates.commands.choosing import choose
from app.certificates.commands.orders import IssueOrder, Planned
from app.certificates.commands.papers import (
    NewPaper,
    Numbers,
    issuer_as_printed,
    new_code,
    numbers_as_printed,
    store_papers,
    take_numbers,
)
from app.certificates.domain.face import CertificateFace
from app.certificates.drawing import draw
from app.certificates.errors import (
    DecisionMissingError,
    DecisionTooLateError,
    DrawnFacesStaleError,
    NumbersMovedError,
)
from app.certificates.events import BatchIssued, CertificateAwarded
from app.certificates.models import EVER, IssueBatch, Issuer
from app.certificates.queries import Candidate
from app.cohorts.errors import CohortNotFoundError
from app.cohorts.models import Cohort
from app.core.db import db
from app.core.events import publish
from app.core.text import clean_line

_TRIES_AHEAD = 3
_FEW = 3
_LONGEST_DECISION = 60


@dataclass(slots=True)
class _Ahead:
    """What was drawn before the transaction, and the codes, so that a face comes out the same."""

    codes: dict[uuid.UUID, str] = field(default_factory=dict)
    drawn: dict[CertificateFace, bytes] = field(default_factory=dict)

    def code_of(self, enrolment_id: uuid.UUID) -> str:
        return self.codes.setdefault(enrolment_id, new_code())


def issue_drawn_ahead(
    order: IssueOrder, write: Callable[[], AbstractContextManager[None]]
) -> IssueBatch:
    """Issue as :func:`issue_batch` does, the papers being drawn before the database is locked.

    If somebody else takes the numbers meanwhile it is drawn anew; after the third time it is drawn
    inside, so that it ends.

    :param write: ``transaction``, opened here for the short part only
    """
    for _attempt in range(_TRIES_AHEAD):
        ahead = _draw_ahead(order)
        try:
            with write():
                return _issue(order, ahead, most_redrawn=_FEW)
        except DrawnFacesStaleError:
            continue
    with write():
        return _issue(order, _Ahead(), most_redrawn=None)


def issue_batch(
    *,
    cohort_id: uuid.UUID,
    decision_number: str,
    decision_on: date,
    issued_by_id: uuid.UUID | None,
    issued_at: datetime,
    enrolment_ids: Collection[uuid.UUID] | None = None,
    confirmed_on_paper: bool = False,
) -> IssueBatch:
    """Issue certificates with the next numbers of the register, all or none.

    The papers are drawn inside the transaction; while people work, use :func:`issue_drawn_ahead`.

    :raises IssuerNotSetError: nobody has said who issues
    :raises DecisionMissingError: no number of a decision
    :raises DecisionTooLateError: the decision is dated after the day of issue
    :raises NobodyToIssueError: everybody who may have one has one
    :raises NotEligibleError: naming who of the chosen does not meet the rule
    :raises NameNotConfirmedError: naming who has not confirmed the name
    :raises NameReportedError: naming who has reported the name as wrong
    :raises AlreadyIssuedError: naming who has one
    """
    order = IssueOrder(
        cohort_id=cohort_id,
        decision_number=decision_number,
        decision_on=decision_on,
        issued_at=issued_at,
        issued_by_id=issued_by_id,
        enrolment_ids=None if enrolment_ids is None else frozenset(enrolment_ids),
        confirmed_on_paper=confirmed_on_paper,
    )
    return _issue(order, _Ahead(), most_redrawn=None)


def _check_decision(order: IssueOrder) -> None:
    number = clean_line(order.decision_number)
    if not number or len(number) > _LONGEST_DECISION:
        raise DecisionMissingError
    if order.decision_on > order.issued_on:
        raise DecisionTooLateError


def plan(order: IssueOrder) -> list[Planned]:
    """Return what the order would issue at this moment; nothing is written, no number is taken.

    :raises AppError: whatever :func:`issue_batch` would refuse
    """
    return _plan(order, _Ahead())


def _plan(order: IssueOrder, ahead: _Ahead) -> list[Planned]:
    _check_decision(order)
    issuer = queries.get_issuer()
    year = order.issued_on.year
    numbers = Numbers(year, queries.next_number(issuer, year), queries.next_number(issuer, EVER))
    return _faces(order, issuer, numbers, ahead)


def _draw_ahead(order: IssueOrder) -> _Ahead:
    ahead = _Ahead()
    for each in _plan(order, ahead):
        ahead.drawn[each.face] = draw(each.face)
    return ahead


def _faces(order: IssueOrder, issuer: Issuer, numbers: Numbers, ahead: _Ahead) -> list[Planned]:
    """Return who gets which numbers and what each paper shows, by what the database says now."""
    cohort = db.session.get(Cohort, order.cohort_id, populate_existing=True)
    if cohort is None:
        raise CohortNotFoundError
    if order.first_number not in {None, numbers.register}:
        raise NumbersMovedError
    chosen = choose(
        queries.list_candidates(cohort.id),
        order.enrolment_ids,
        confirmed_on_paper=order.confirmed_on_paper,
    )
    faces = []
    for place, each in enumerate(chosen):
        own = numbers.after(place)
        face = _face(order, issuer, cohort, each, own, ahead.code_of(each.enrolment_id))
        faces.append(Planned(each, own, face))
    return faces


def _face(
    order: IssueOrder,
    issuer: Issuer,
    cohort: Cohort,
    person: Candidate,
    numbers: Numbers,
    code: str,
) -> CertificateFace:
    return CertificateFace(
        full_name=person.printed_name,
        born_on=person.born_on,
        birth_year=person.birth_year,
        unit_name=person.unit_name,
        position=person.position_title,
        label=issuer.label,
        achievement=issuer.achievement,
        course_title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        venue=cohort.place,
        decision_number=clean_line(order.decision_number),
        decision_on=order.decision_on,
        issued_on=order.issued_on,
        **issuer_as_printed(issuer),  # type: ignore[arg-type]
        **numbers_as_printed(issuer, numbers, code),  # type: ignore[arg-type]
    )


def _issue(order: IssueOrder, ahead: _Ahead, *, most_redrawn: int | None) -> IssueBatch:
    """Issue inside the caller's transaction.

    :raises DrawnFacesStaleError: more than ``most_redrawn`` papers would have to be drawn in here
    """
    _check_decision(order)
    issuer = queries.get_issuer()
    numbers = take_numbers(issuer, order.issued_on.year)
    faces = _faces(order, issuer, numbers, ahead)
    undrawn = sum(each.face not in ahead.drawn for each in faces)
    if most_redrawn is not None and undrawn > most_redrawn:
        raise DrawnFacesStaleError
    papers = [
        NewPaper(
            enrolment_id=each.person.enrolment_id,
            learner_id=each.person.learner_id,
            numbers=each.numbers,
            code=ahead.code_of(each.person.enrolment_id),
            face=each.face,
            content=_content(each.face, ahead.drawn),
        )
        for each in faces
    ]
    batch = batch_of(papers[0].face, issuer, order)
    ids = store_papers(batch, issuer, papers, reason="")
    _announce(batch, papers, ids, [each.person for each in faces])
    return batch


def _content(face: CertificateFace, drawn: Mapping[CertificateFace, bytes]) -> bytes:
    content = drawn.get(face)
    return draw(face) if content is None else content


def batch_of(face: CertificateFace, issuer: Issuer, order: IssueOrder) -> IssueBatch:
    """Return the batch to which a paper with that face belongs."""
    cohort = db.session.get_one(Cohort, order.cohort_id)
    return IssueBatch(
        id=uuid.uuid4(),
        cohort_id=order.cohort_id,
        issuer_key=issuer.key,
        certificate_type=issuer.certificate_type,
        decision_number=face.decision_number,
        decision_on=order.decision_on,
        issued_on=face.issued_on,
        issued_at=order.issued_at,
        issued_by_id=order.issued_by_id,
        label=face.label,
        achievement=face.achievement,
        course_title=face.course_title,
        cohort_code=cohort.code,
        starts_on=face.starts_on,
        ends_on=face.ends_on,
        venue=face.venue,
        **issuer_as_printed(issuer),
    )


def _announce(
    batch: IssueBatch,
    papers: list[NewPaper],
    ids: list[uuid.UUID],
    people: list[Candidate],
) -> None:
    on_paper = tuple(each.enrolment_id for each in people if each.name_confirmed_at is None)
    publish(
        BatchIssued(
            batch_id=batch.id,
            cohort_id=batch.cohort_id,
            decision_number=batch.decision_number,
            count=len(papers),
            first_register_no=papers[0].face.register_no,
            last_register_no=papers[-1].face.register_no,
            confirmed_on_paper=on_paper,
            issued_by_id=batch.issued_by_id,
            issued_at=batch.issued_at,
        )
    )
    for certificate_id, paper in zip(ids, papers, strict=True):
        publish(
            CertificateAwarded(
                certificate_id,
                paper.learner_id,
                paper.enrolment_id,
                batch.cohort_id,
                batch.issued_at,
            )
        )
