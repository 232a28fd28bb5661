"""The lists: the register, and a cohort in the eyes of the officer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from app.certificates.commands import IssueOrder, Planned
from app.certificates.domain.face import CertificateFace
from app.certificates.domain.register import CertificateState
from app.certificates.queries import Candidate, CertificateRow
from app.certificates.view_models.words import remark, state_tag, state_word
from app.cohorts.models import Cohort
from app.core.clock import to_local
from app.core.formatting import local_date
from app.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A certificate in a list."""

    register_no: str
    serial_no: str
    name: str
    unit: str
    cohort_code: str
    issued_on: date
    state: str
    tag: str
    note: str
    url: str
    pdf_url: str

    @classmethod
    def of(cls, row: CertificateRow) -> RegisterLine:
        """Return the line of a certificate."""
        return cls(
            register_no=row.register_no,
            serial_no=row.serial_no,
            name=row.printed_name,
            unit=row.unit_name,
            cohort_code=row.cohort_code,
            issued_on=row.issued_on,
            state=state_word(row.state),
            tag=state_tag(row.state),
            note=remark(row),
            url=url_for("certificates.show_certificate", certificate_id=row.id),
            pdf_url=url_for("certificates.show_paper", certificate_id=row.id),
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A learner without a certificate, and why."""

    number: int
    name: str
    unit: str
    note: str
    name_url: str

    @classmethod
    def of(cls, each: Candidate, cohort: str) -> Waiting:
        """Return the line of a learner; ``name_url`` is where the name is corrected."""
        note = ""
        if each.missing:
            note = _("Còn thiếu: %(titles)s", titles=", ".join(each.missing))
        elif each.name_remark:
            note = _("Báo sai tên: %(remark)s", remark=each.name_remark)
        name_url = url_for("cohorts.show_name", cohort=cohort, number=each.number)
        return cls(each.number, each.printed_name, each.unit_name, note, name_url)


@dataclass(frozen=True, slots=True)
class CohortPage:
    """The certificates of a cohort, for the officer."""

    cohort: str
    code: str
    title: str
    has_issuer: bool
    ready: list[Waiting]
    unconfirmed: list[Waiting]
    reported: list[Waiting]
    lacking: list[Waiting]
    lines: list[RegisterLine]
    valid_count: int

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        candidates: Iterable[Candidate],
        rows: Sequence[CertificateRow],
        *,
        has_issuer: bool,
    ) -> CohortPage:
        """Sort the learners by what stands between them and the paper."""
        groups: dict[str, list[Waiting]] = {"ready": [], "unsure": [], "wrong": [], "lacking": []}
        for each in candidates:
            if each.certificate_id is None:
                groups[_group(each)].append(Waiting.of(each, cohort.slug))
        return cls(
            cohort=cohort.slug,
            code=cohort.code,
            title=cohort.title,
            has_issuer=has_issuer,
            ready=groups["ready"],
            unconfirmed=groups["unsure"],
            reported=groups["wrong"],
            lacking=groups["lacking"],
            lines=[RegisterLine.of(row) for row in rows],
            valid_count=sum(row.state is CertificateState.VALID for row in rows),
        )


def _group(each: Candidate) -> str:
    if each.missing:
        return "lacking"
    if each.name_confirmed_at is not None:
        return "ready"
    return "wrong" if each.name_remark else "unsure"


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """What will happen when the officer says yes."""

    cohort: str
    code: str
    decision_number: str
    decision_on: date
    on_paper: bool
    on_paper_count: int
    first_number: int
    first_no: str
    last_no: str
    preview_url: str
    warnings: tuple[str, ...]
    people: list[tuple[str, str, str]]  # enrolment id, number to be, name

    @classmethod
    def of(cls, cohort: Cohort, order: IssueOrder, planned: Sequence[Planned]) -> ConfirmPage:
        """Return the page of an order that could be carried out now."""
        return cls(
            cohort=cohort.slug,
            code=cohort.code,
            decision_number=order.decision_number,
            decision_on=order.decision_on,
            on_paper=order.confirmed_on_paper,
            on_paper_count=sum(each.person.name_confirmed_at is None for each in planned),
            first_number=planned[0].numbers.register,
            first_no=planned[0].face.register_no,
            last_no=planned[-1].face.register_no,
            preview_url=url_for(
                "certificates.show_preview",
                cohort=cohort.slug,
                decision_number=order.decision_number,
                decision_on=order.decision_on.isoformat(),
                on_paper="y" if order.confirmed_on_paper else None,
            ),
            warnings=tuple(_doubts(cohort, order)),
            people=[
                (str(each.person.enrolment_id), each.face.register_no, each.face.full_name)
                for each in planned
            ],
        )


def _doubts(cohort: Cohort, order: IssueOrder) -> Iterator[str]:
    """Say what is unusual about an order; it may be carried out all the same."""
    if to_local(order.issued_at).date() < cohort.ends_on:
        yield _(
            "Lớp chưa kết thúc: ngày cuối là %(day)s. Kiểm tra lại trước khi cấp.",
            day=local_date(cohort.ends_on),
        )
    if order.decision_on < cohort.starts_on:
        yield _(
            "Ngày quyết định đứng trước ngày lớp bắt đầu (%(day)s). Kiểm tra lại ngày quyết định.",
            day=local_date(cohort.starts_on),
        )


def preview_face(planned: Planned, base_url: str) -> CertificateFace:
    """Return what the first paper will look like, with no number and no code of its own."""
    nothing = "…"
    return replace(
        planned.face,
        register_no=nothing,
        serial_no=nothing,
        verify_url=f"{base_url}/verify",
        verify_code="BẢN XEM TRƯỚC",
    )
