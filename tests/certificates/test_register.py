"""What happens to an issued certificate: it is never changed, never gone, only added to."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.audit.commands import verify_chain
from app.audit.models import AuditEntry
from app.certificates import queries
from app.certificates.domain.register import CertificateState
from app.certificates.errors import (
    AlreadyReplacedError,
    AlreadyRevokedError,
    CertificateNotFoundError,
    PrintedTextInvalidError,
    ReasonMissingError,
)
from app.certificates.models import FOR_EVER, Certificate, CertificateFile, RegisterEntry
from app.cohorts.models import Enrolment
from app.core.append_only import RowChangedError
from app.core.db import db, transaction, write
from app.core.errors import AppError
from tests.certificates.factories import (
    issue,
    issued,
    make_issuer,
    make_ready_cohort,
    reissue,
    revoke,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def cohort():
    return make_ready_cohort(["Nguyễn Văn An"])


@pytest.fixture
def row(cohort):
    issue(cohort)
    return issued(cohort)[0]


def test_the_program_cannot_change_or_delete_what_was_issued(row):
    with pytest.raises(RowChangedError), transaction():
        db.session.get_one(Certificate, row.id).printed_name = "Người khác"
    with pytest.raises(RowChangedError), transaction():
        db.session.delete(db.session.get_one(CertificateFile, row.id))
    with pytest.raises(RowChangedError), transaction():
        db.session.query(RegisterEntry).one().reason = "sửa"
    assert issued_again(row) == row


def issued_again(row):
    db.session.expire_all()
    return queries.get_row(row.id)


@pytest.mark.parametrize("table", [str(model.__tablename__) for model in FOR_EVER])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_no_other_program_can_either(row, table, verb):
    column = "certificate_id" if table == "certificate_file" else "id"
    with pytest.raises((DBAPIError, AppError)), transaction():
        write(sa.text(verb.format(table, column, column)))
    assert issued_again(row) == row


def test_a_revoked_one_keeps_its_number_and_its_paper(cohort, row):
    before = queries.get_paper(row.id).content
    revoke(row.id)
    after = issued_again(row)
    assert after.state is CertificateState.REVOKED
    assert after.register_no == row.register_no
    assert queries.get_paper(row.id).content == before
    with pytest.raises(AlreadyRevokedError):
        revoke(row.id)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_reason_is_required(row, reason):
    with pytest.raises(ReasonMissingError):
        revoke(row.id, reason)
    with pytest.raises(ReasonMissingError):
        reissue(row.id, reason)
    assert issued_again(row) == row


def test_reissues_form_a_chain_with_one_valid_end(cohort, row):
    reissue(row.id, full_name="Nguyễn Văn Ân")
    second = issued(cohort)[1]
    reissue(second.id, unit_name="Sở Tài chính")
    first, second, third = issued(cohort)
    assert [each.state for each in (first, second, third)] == [
        CertificateState.REPLACED,
        CertificateState.REPLACED,
        CertificateState.VALID,
    ]
    assert [each.register_number for each in (first, second, third)] == [1, 2, 3]
    assert (first.successor_no, second.replaces_no) == (second.register_no, first.register_no)
    assert third.printed_name == "Nguyễn Văn Ân"
    assert (second.unit_name, third.unit_name) == ("Phòng Văn hóa - Xã hội", "Sở Tài chính")
    assert len({each.code for each in (first, second, third)}) == 3
    for old in (first, second):
        with pytest.raises(AlreadyReplacedError):
            reissue(old.id)
        with pytest.raises(AlreadyReplacedError):
            revoke(old.id)


def test_a_learner_sees_the_newest(cohort, row):
    reissue(row.id, full_name="Nguyễn Văn Ân")
    learner_id = db.session.query(Enrolment).one().learner_id
    assert queries.get_mine(learner_id, cohort.slug).printed_name == "Nguyễn Văn Ân"


def test_a_revoked_one_may_be_issued_again_and_stays_revoked(cohort, row):
    revoke(row.id)
    reissue(row.id)
    first, second = issued(cohort)
    assert first.state is CertificateState.REVOKED
    assert first.successor_no == second.register_no
    assert second.state is CertificateState.VALID


def test_a_reissue_is_signed_by_who_signs_today(cohort, row):
    make_issuer(signatory_name="Phạm Hữu Nghĩa", issuing_body="Sở Khoa học, Công nghệ")
    reissue(row.id)
    first, second = issued(cohort)
    assert first.issuing_body == "Sở Khoa học và Công nghệ"
    assert second.issuing_body == "Sở Khoa học, Công nghệ"
    faces = [each.face for each in db.session.query(Certificate)]
    assert {face["signatory_name"] for face in faces} == {"Trần Văn Đức", "Phạm Hữu Nghĩa"}
    assert {face["decision_number"] for face in faces} == {"128/QĐ-SKHCN"}


def test_corrections_are_composed_and_fit_their_place(cohort, row):
    decomposed = unicodedata.normalize("NFD", "Đỗ Thị Ngọc")
    reissue(row.id, full_name=decomposed, born_on=date(1990, 12, 1))
    new = issued(cohort)[1]
    assert new.printed_name == "Đỗ Thị Ngọc"
    assert new.born == "01/12/1990"
    for wrong in ({"full_name": " "}, {"full_name": "x" * 121}, {"unit_name": "x" * 201}):
        with pytest.raises(PrintedTextInvalidError):
            reissue(new.id, **wrong)
    assert len(issued(cohort)) == 2


def test_what_is_not_there_is_not_found(row):
    for act in (revoke, reissue):
        with pytest.raises(CertificateNotFoundError):
            act(db.session.query(Enrolment).one().id)


def test_every_act_is_in_the_audit_log(cohort, row):
    reissue(row.id)
    revoke(issued(cohort)[1].id)
    actions = [each.action for each in db.session.query(AuditEntry).order_by(AuditEntry.number)]
    assert [each for each in actions if each != "EnrolmentMade"] == [
        "IssuerChanged",
        "BatchIssued",
        "CertificateReissued",
        "CertificateRevoked",
    ]
    assert verify_chain() is None
