"""The log: what is written down, and that changing it shows."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from app.audit import cli, commands, queries
from app.audit.models import AuditEntry
from app.auth import commands as auth
from app.auth.models import Role
from app.core.clock import utc_now
from app.core.db import db, transaction, write
from app.core.errors import RuleBrokenError
from tests.auth.factories import PASSWORD, make_person, make_slip


def actions(subject: object = None) -> list[str]:
    entries = queries.iter_entries() if subject is None else queries.list_about(str(subject))
    return [each.action for each in entries]


def add_entries(count: int) -> None:
    with transaction():
        for number in range(count):
            commands.append_entry(
                action="Tried",
                subject=str(number),
                detail={"n": number, "at": utc_now(), "text": "Đặng Thị Ánh"},
                actor_id=None,
                happened_at=utc_now(),
            )


def test_everything_that_touches_an_account_is_written_down(browser):
    user = make_person()
    here = browser()
    here.post("/login", {"login": "an.nv", "password": "sai"}, status=401)
    here.post("/login", {"login": "an.nv", "password": PASSWORD})
    new = "sáng mai trời mưa to"
    here.post("/account/password", {"old": PASSWORD, "new": new, "again": new})
    browser().post("/login", {"login": "an.nv", "password": new})
    here.post("/account/sessions/end-others")
    here.post("/logout")
    browser().post(make_slip(user).path)
    with transaction():
        auth.change_roles(user_id=user.id, roles=Role.TRAINER)
    with transaction():
        auth.deactivate_user(user_id=user.id)
    assert actions(user.id) == [
        *("UserCreated", "SignInFailed", "SignedIn", "PasswordChanged", "SignedIn"),
        *("LoginSessionsEnded", "SignedOut", "SlipMade", "SlipUsed", "SignedIn"),
        *("RolesChanged", "UserDeactivated"),
    ]
    assert commands.verify_chain() is None


def test_the_log_names_the_actor(browser):
    user = make_person()
    browser().sign_in(user).post("/logout")
    made, ended = queries.list_about(str(user.id))
    assert made.actor_id is None
    assert ended.actor_id == user.id


def test_the_log_holds_neither_names_nor_passwords(browser):
    user = make_person(email="an@backan.gov.vn", phone="0912345678")
    here = browser()
    here.post("/login", {"login": "khong.co", "password": "mật khẩu lạ"}, status=401)
    here.post("/login/code", {"code": "K7MP-4TX9-QH"}, status=401)
    slip = make_slip(user)
    here.post(slip.path)
    text = str([each.detail for each in queries.iter_entries()])
    secrets = ("khong.co", "mật khẩu", "Nguyễn", "an.nv", "backan", "91234", "K7MP", "127.0")
    assert [each for each in (*secrets, slip.token, slip.code) if each in text] == []


def test_what_is_undone_is_not_written_down():
    def add_and_fail() -> None:
        with transaction():
            commands.append_entry(
                action="Tried", subject="", detail={}, actor_id=None, happened_at=utc_now()
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert actions() == []


def lift_the_refusal() -> None:
    """Do what an intruder with the whole database in hand would do first."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return
    for verb in ("update", "delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_entry_{verb}_refused")


@pytest.mark.parametrize(
    "change", [sa.update(AuditEntry).values(subject="x"), sa.delete(AuditEntry)]
)
def test_the_database_refuses_to_change_an_entry(change: sa.Executable):
    add_entries(2)
    with pytest.raises(RuleBrokenError), transaction():
        write(change)
    assert commands.verify_chain() is None


@pytest.mark.parametrize(
    ("tampering", "first_broken"),
    [
        (sa.update(AuditEntry).where(AuditEntry.number == 3).values(subject="x"), 3),
        (sa.update(AuditEntry).where(AuditEntry.number == 3).values(detail={"n": 9}), 3),
        (sa.update(AuditEntry).where(AuditEntry.number == 3).values(action="Other"), 3),
        (sa.update(AuditEntry).where(AuditEntry.number == 3).values(hash="0" * 64), 3),
        (sa.delete(AuditEntry).where(AuditEntry.number == 3), 3),
        (sa.delete(AuditEntry).where(AuditEntry.number == 1), 1),
        (sa.update(AuditEntry).where(AuditEntry.number == 5).values(number=6), 5),
    ],
)
def test_tampering_shows_at_the_first_entry_touched(tampering: sa.Executable, first_broken: int):
    add_entries(5)
    assert commands.verify_chain() is None
    with transaction():
        lift_the_refusal()
        write(tampering)
    assert commands.verify_chain() == first_broken


def test_an_empty_log_is_sound():
    assert commands.verify_chain() is None


def test_a_log_longer_than_a_batch_is_read_whole():
    add_entries(501)
    assert commands.verify_chain() is None
    assert sum(1 for _each in queries.iter_entries()) == 501


def test_writers_at_once_keep_one_chain(app):
    def write_some() -> None:
        with app.app_context():
            for _each in range(5):
                add_entries(1)
            db.session.remove()

    threads = [threading.Thread(target=write_some) for _each in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert commands.verify_chain() is None
    assert len(actions()) == 20


def test_the_command_line_says_whether_the_log_is_sound(app):
    runner = app.test_cli_runner()
    assert "chưa có mục nào" in runner.invoke(cli.group, ["verify"]).output
    add_entries(3)
    assert "Nhật ký nguyên vẹn: 3 mục." in runner.invoke(cli.group, ["verify"]).output
    with transaction():
        lift_the_refusal()
        write(sa.update(AuditEntry).where(AuditEntry.number == 2).values(subject="x"))
    done = runner.invoke(cli.group, ["verify"])
    assert isinstance(done.exception, RuleBrokenError)
    assert "mục số 2" in done.exception.sentence
