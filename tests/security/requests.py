"""A good request for every address of the program: where it is, what is sent, what it may write.

The walks take them: with other people, from other sites, with hostile fields.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.auth.models import LoginSession
from app.core.assets import asset_url
from app.core.db import db
from tests.auth.factories import PASSWORD
from tests.certificates.factories import DECISION, VALUES
from tests.factories import sites_of
from tests.quizzes.factories import right_post
from tests.security.world import World

LOG = "audit_entry"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: address, fields, and the tables that it may write when it is allowed."""

    path: str
    data: Mapping[str, Any]
    writes: frozenset[str]


Recipe = Callable[[World], tuple[str, Mapping[str, Any]]]


def _session(world: World) -> uuid.UUID:
    """Return a login session of the learner on another device."""
    learner = world.people["learner"]
    found = sa.select(LoginSession.id).where(LoginSession.user_id == learner.id)
    session_id: uuid.UUID | None = db.session.scalars(found).first()
    return session_id or uuid.UUID(int=1)


def _learn(rest: str = "", **data: Any) -> Recipe:
    return lambda world: (f"/learn/{world.cohort.slug}{rest}", data)


def _attempt(rest: str = "", **data: Any) -> Recipe:
    return lambda world: (f"/attempts/{world.open_attempt}{rest}", data)


def _teach(rest: str = "", **data: Any) -> Recipe:
    return lambda world: (f"/teach/{world.cohort.slug}{rest}", data)


def _cohort(rest: str = "", **data: Any) -> Recipe:
    return lambda world: (f"/cohorts/{world.cohort.slug}{rest}", data)


def _certificate(rest: str = "", **data: Any) -> Recipe:
    return lambda world: (f"/certificates/{world.certificate}{rest}", data)


def _course(rest: str = "") -> Recipe:
    return lambda world: (f"/courses/{world.course_key}{rest}", {})


def _plain(path: str, **data: Any) -> Recipe:
    return lambda _world: (path, data)


def _batch(world: World) -> tuple[str, Mapping[str, Any]]:
    """Return the issue to the neighbour, who has met the rule and confirmed the name."""
    return f"/cohorts/{world.cohort.slug}/certificates", {
        "decision_number": DECISION,
        "decision_on": "2026-11-20",
        "first_number": "2",
        "who": [str(world.enrolments["neighbour"].id)],
    }


def _new_learner(world: World) -> tuple[str, Mapping[str, Any]]:
    """Return the enrolment of somebody whom nobody here resembles."""
    return f"/cohorts/{world.cohort.slug}/learners", {
        "full_name": "Triệu Thị Pà",
        "birth": "05/02/1985",
        "unit_name": "Phòng Văn hóa - Xã hội xã Ba Bể",
        "position_title": "Chuyên viên",
        "site": _site(world),
        "phone": "0912345678",
    }


def _site(world: World) -> str:
    return str(sites_of(world.cohort)[0].id)


def _staff(world: World, rest: str, **data: Any) -> tuple[str, Mapping[str, Any]]:
    return f"/cohorts/{world.cohort.slug}/staff{rest}", data


_NEW_PASSWORD = "sáu con thuyền giấy"
_ISSUER = {name: getattr(VALUES, name) for name in VALUES.__slots__ if isinstance(name, str)} | {
    "place": "Bắc Kạn"
}

RECIPES: dict[tuple[str, str], Recipe] = {
    ("GET", "auth.show_home"): _plain("/"),
    ("GET", "auth.show_sign_in"): _plain("/login"),
    ("POST", "auth.sign_in"): _plain("/login", login="vao.lop", password=PASSWORD),
    ("POST", "auth.sign_in_by_code"): lambda world: ("/login/code", {"code": world.code}),
    ("GET", "auth.show_slip"): lambda world: (f"/login/slip/{world.slip}", {}),
    ("POST", "auth.sign_in_by_slip"): lambda world: (f"/login/slip/{world.slip}", {}),
    ("POST", "auth.sign_out"): _plain("/logout"),
    ("POST", "auth.save_language"): _plain("/language", lang="en"),
    ("GET", "auth.show_account"): _plain("/account"),
    ("POST", "auth.end_session"): lambda world: (f"/account/sessions/{_session(world)}/end", {}),
    ("POST", "auth.end_other_sessions"): _plain("/account/sessions/end-others"),
    ("GET", "auth.show_password"): _plain("/account/password"),
    ("POST", "auth.save_password"): _plain(
        "/account/password", new=_NEW_PASSWORD, again=_NEW_PASSWORD
    ),
    ("GET", "health.show_health"): _plain("/healthz"),
    ("GET", "health.show_readiness"): _plain("/readyz"),
    ("GET", "show_asset"): lambda _world: (asset_url("app.css"), {}),
    ("GET", "certificates.show_verify"): _plain("/verify"),
    ("GET", "certificates.show_verification"): lambda world: (
        f"/verify/{world.certificate_code}",
        {},
    ),
    ("GET", "dashboards.list_my_cohorts"): _plain("/learn"),
    ("GET", "dashboards.show_outline"): _learn(),
    ("GET", "dashboards.show_activity"): _learn("/bai-1"),
    ("POST", "dashboards.save_done"): _learn("/bai-1/done"),
    ("POST", "dashboards.create_attempt"): _learn("/luyen-tap/attempts"),
    ("POST", "dashboards.save_name_confirmation"): _learn("/name/confirmation"),
    ("POST", "dashboards.save_name_remark"): _learn("/name/remark", remark="Tên đệm là Thị"),
    ("GET", "quizzes.show_attempt"): _attempt(),
    ("GET", "quizzes.show_form"): _attempt("/form"),
    ("POST", "quizzes.save_form"): _attempt("/form", **{"q1.a": "0", "q2.a": "1", "save": "1"}),
    ("POST", "quizzes.save_answer"): lambda world: (
        f"/attempts/{world.open_attempt}/slots/1",
        right_post(world.open_attempt, 1),
    ),
    ("POST", "quizzes.save_finish"): _attempt("/finish", confirm="1"),
    ("GET", "quizzes.show_result"): lambda world: (f"/attempts/{world.done_attempt}/result", {}),
    ("GET", "certificates.show_mine"): _learn("/certificate"),
    ("GET", "certificates.show_my_paper"): _learn("/certificate.pdf"),
    ("GET", "dashboards.list_taught_cohorts"): _plain("/teach"),
    ("GET", "dashboards.show_board"): _teach(),
    ("GET", "dashboards.list_changes"): _teach("/changes?since=0"),
    ("GET", "dashboards.export_board"): _teach("/board.xlsx"),
    ("GET", "dashboards.show_learner"): _teach("/learners/1"),
    ("GET", "dashboards.list_questions"): _teach("/questions"),
    ("POST", "dashboards.release_answers"): _teach("/questions/cuoi-khoa/release"),
    ("GET", "courses.list_courses"): _plain("/courses"),
    ("GET", "courses.show_course"): _course(),
    ("GET", "courses.show_version"): _course("/versions/1"),
    ("GET", "courses.show_lesson"): _course("/versions/1/bai-1"),
    ("GET", "cohorts.list_cohorts"): _plain("/cohorts"),
    ("GET", "cohorts.show_cohort"): _cohort(),
    ("GET", "cohorts.show_new_cohort"): _plain("/cohorts/new"),
    ("POST", "cohorts.create_cohort"): lambda world: (
        "/cohorts",
        {
            "code": "TTCS-99/2026",
            "version": str(world.version.id),
            "title": "Truyền thông chính sách",
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-02",
            "place": "Hội trường Sở",
            "organiser": "Sở Khoa học và Công nghệ",
            "sites": "Hội trường Sở\nUBND xã Ba Bể",
        },
    ),
    ("GET", "cohorts.show_new_learner"): _cohort("/learners/new"),
    ("POST", "cohorts.create_learner"): _new_learner,
    ("GET", "cohorts.show_learner"): _cohort("/learners/1"),
    ("POST", "cohorts.save_learner"): lambda world: (
        f"/cohorts/{world.cohort.slug}/learners/1",
        {"unit_name": "Phòng Nội vụ", "position_title": "Chuyên viên", "site": _site(world)},
    ),
    ("GET", "cohorts.show_cancellation"): _cohort("/learners/2/cancellation"),
    ("POST", "cohorts.cancel_enrolment"): _cohort("/learners/2/cancellation", reason="Chuyển lớp"),
    ("POST", "cohorts.restore_enrolment"): _cohort("/learners/3/restoration"),
    ("GET", "cohorts.show_staff"): _cohort("/staff"),
    ("POST", "cohorts.create_staff"): lambda world: _staff(
        world,
        "",
        **{"known-login": world.people["stranger"].username, "known-duty": "trainer"},
    ),
    ("POST", "cohorts.create_staff_account"): lambda world: _staff(
        world,
        "/accounts",
        **{
            "new-full_name": "Ma Văn Quý",
            "new-username": "quy.mv",
            "new-duty": _site(world),
        },
    ),
    ("GET", "cohorts.show_removal"): lambda world: _staff(world, f"/{world.staff}/removal"),
    ("POST", "cohorts.remove_staff"): lambda world: _staff(world, f"/{world.staff}/removal"),
    ("GET", "cohorts.show_name"): _cohort("/names/1"),
    ("POST", "cohorts.save_name"): _cohort("/names/1", printed_name="Nguyễn Thị Ánh Tuyết"),
    ("GET", "cohorts.show_slips"): _cohort("/slips"),
    ("POST", "cohorts.create_slips"): _cohort("/slips", site="0"),
    ("GET", "dashboards.show_rule"): _cohort("/rule"),
    ("POST", "dashboards.save_rule"): _cohort("/rule", a0="1", a3="1"),
    ("GET", "certificates.show_cohort"): _cohort("/certificates"),
    ("GET", "certificates.show_confirmation"): _cohort(
        "/certificates/confirm?decision_number=128/Q%C4%90-SKHCN&decision_on=2026-11-20"
    ),
    ("GET", "certificates.show_preview"): _cohort(
        "/certificates/preview.pdf?decision_number=128/Q%C4%90-SKHCN&decision_on=2026-11-20"
    ),
    ("POST", "certificates.create_batch"): _batch,
    ("GET", "certificates.show_print_file"): _cohort("/certificates.pdf"),
    ("GET", "certificates.show_archive"): _cohort("/certificates.zip"),
    ("GET", "certificates.show_register"): _plain("/certificates/register"),
    ("GET", "certificates.show_register_book"): _plain("/certificates/register.xlsx"),
    ("GET", "certificates.show_certificate"): _certificate(),
    ("GET", "certificates.show_paper"): _certificate("/paper.pdf"),
    ("GET", "certificates.show_revocation"): _certificate("/revoke"),
    ("POST", "certificates.revoke_certificate"): _certificate(
        "/revoke", reason="Cấp nhầm đối tượng", is_sure="y"
    ),
    ("GET", "certificates.show_reissue"): _certificate("/reissue"),
    ("POST", "certificates.create_reissue"): _certificate(
        "/reissue",
        full_name="Nguyễn Thị Ánh Tuyết",
        unit_name="Phòng Văn hóa - Xã hội",
        position_title="Chuyên viên",
        reason="In sai tên",
        is_sure="y",
    ),
    ("GET", "certificates.show_settings"): _plain("/certificates/settings"),
    ("POST", "certificates.save_settings"): _plain("/certificates/settings", **_ISSUER),
}

_SESSION = {"login_session", LOG}
_PAPERS = {"issue_batch", "certificate", "certificate_file", "register_entry", "register_counter"}
WRITES: dict[str, set[str]] = {
    "auth.sign_in": {*_SESSION, "sign_in_throttle"},
    "auth.sign_in_by_code": {*_SESSION, "login_slip", "sign_in_throttle"},
    "auth.sign_in_by_slip": {*_SESSION, "login_slip"},
    "auth.sign_out": _SESSION,
    "auth.save_language": {"user"},
    "auth.end_session": _SESSION,
    "auth.end_other_sessions": _SESSION,
    "auth.save_password": {*_SESSION, "user", "login_slip"},
    "dashboards.save_done": {"progress_row", "completion"},
    "dashboards.create_attempt": {"attempt", "attempt_slot", "progress_row"},
    "dashboards.save_name_confirmation": {"enrolment", LOG},
    "dashboards.save_name_remark": {"enrolment", LOG},
    "quizzes.save_form": {"attempt", "attempt_slot", "response", "progress_row"},
    "quizzes.save_answer": {"attempt", "attempt_slot", "response", "progress_row"},
    "quizzes.save_finish": {"attempt", "attempt_slot", "progress_row", "completion", LOG},
    "dashboards.release_answers": {"quiz_release", LOG},
    "cohorts.create_cohort": {"cohort", "site", LOG},
    "cohorts.create_learner": {"enrolment", "user", "unit", "membership", "progress_row", LOG},
    "cohorts.save_learner": {"enrolment", "unit", "membership", "progress_row", LOG},
    "cohorts.cancel_enrolment": {"enrolment", "login_session", "login_slip", "progress_row", LOG},
    "cohorts.restore_enrolment": {"enrolment", "progress_row", LOG},
    "cohorts.create_staff": {"cohort_staff", "user", LOG},
    "cohorts.create_staff_account": {"cohort_staff", "user", LOG},
    "cohorts.remove_staff": {"cohort_staff", LOG},
    "cohorts.save_name": {"enrolment", LOG},
    "cohorts.create_slips": {"login_slip", LOG},
    "dashboards.save_rule": {"completion_rule", LOG},
    "certificates.create_batch": {*_PAPERS, LOG},
    "certificates.revoke_certificate": {"register_entry", LOG},
    "certificates.create_reissue": {*_PAPERS, LOG},
    "certificates.save_settings": {"issuer", LOG},
}


def ask_for(world: World, method: str, endpoint: str) -> Ask:
    """Return a good request for that address, about the learner's things."""
    path, data = RECIPES[method, endpoint](world)
    return Ask(path, data, frozenset(WRITES.get(endpoint, set())))
