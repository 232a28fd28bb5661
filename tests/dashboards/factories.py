"""A class as it is in life: the shape of the shipped course, real names, five sites."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts.models import Cohort, Enrolment, Site
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.text import name_sort_key
from app.courses.models import Activity, ActivityKind, CourseVersion
from app.progress.domain.cells import Cell, CellState, decode, encode
from app.progress.models import ProgressRow, next_change
from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.domain.kinds.registry import KINDS
from app.quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion
from tests.factories import make_cohort, make_course, make_enrolment, make_user, sites_of

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Đặng Bùi Đỗ Hồ Ngô Lý Nông Triệu Ma Hà"
MIDDLE = "Thị Văn Thu Minh Quốc Ngọc Đức Hồng Xuân Thanh Hữu Bích Kim Anh Phương"
GIVEN = (
    "An Ánh Bảo Bình Châu Chi Cường Dũng Duyên Đạt Điệp Giang Hà Hải Hạnh Hiền Hiếu Hòa Huệ Hùng "
    "Hương Khánh Lan Linh Loan Long Lụa Mai Mạnh Mỹ Nga Ngân Nghĩa Nhung Oanh Phúc Phượng Quang "
    "Quỳnh Sơn Tâm Thắng Thảo Thủy Thúy Tiến Toàn Trang Tuấn Tuyết Uyên Vân Việt Vinh Xuân Yến Ý"
)
SITES = ("Hội trường Sở", "UBND xã Ba Bể", "UBND xã Chợ Rã", "UBND phường Bắc Kạn", "Báo và Đài")

SHAPE = (
    ("kiem-tra-dau-khoa", ActivityKind.QUIZ),
    *(
        (f"t{topic}-{part}", kind)
        for topic in range(10, 15)
        for part, kind in (
            ("bai-hoc", ActivityKind.LESSON),
            ("vi-du", ActivityKind.LESSON),
            ("luyen-tap", ActivityKind.QUIZ),
        )
    ),
    ("kiem-tra-cuoi-khoa", ActivityKind.QUIZ),
)


TOPICS = (
    "Văn bản chỉ đạo, hướng dẫn về truyền thông chính sách",
    "Nội dung của công tác truyền thông chính sách",
    "Chu trình chính sách và hình thức thông tin theo từng giai đoạn",
    "Kỹ năng truyền thông chính sách trên phương tiện thông tin đại chúng",
    "Kỹ năng biên tập và truyền đạt thông tin chính sách",
)
TITLES = (
    "Kiểm tra đầu khóa",
    *(f"{word}{topic}" for topic in TOPICS for word in ("", "Ví dụ: ", "Luyện tập: ")),
    "Kiểm tra cuối khóa",
)


def full_names(count: int) -> list[str]:
    """Return different names, always the same."""
    names: list[str] = []
    draw = Random(7)
    while len(names) < count:
        name = " ".join(draw.choice(each.split()) for each in (FAMILY, MIDDLE, GIVEN))
        if name not in names:
            names.append(name)
    return names


def make_class(count: int = 70) -> Cohort:
    """Store a cohort of 17 activities in which everybody has come a different way."""
    requires = {key: [0] for key, _kind in SHAPE[1:-1]}
    cohort = make_cohort(make_course(SHAPE, requires=requires), sites=SITES)
    draw = Random(11)
    sites = sites_of(cohort)
    morning = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    with transaction():
        for ordinal, title in enumerate(TITLES):
            db.session.execute(
                sa.update(Activity.__table__)
                .where(Activity.__table__.c.version_id == cohort.version_id)
                .where(Activity.__table__.c.ordinal == ordinal)
                .values(title=title)
            )
        for number, name in enumerate(full_names(count)):
            enrolment = make_enrolment(cohort, make_user(name), sites[number % len(sites)])
            cells = _way(draw, number)
            db.session.execute(
                sa.update(ProgressRow)
                .where(ProgressRow.enrolment_id == enrolment.id)
                .values(
                    cells=encode(cells),
                    done_count=sum(each.is_done for each in cells),
                    active_at=morning + timedelta(minutes=draw.randrange(60))
                    if number % 9
                    else None,
                )
            )
    return cohort


def _way(draw: Random, number: int) -> list[Cell]:
    if number % 9 == 0:
        return [Cell()] * len(SHAPE)
    reached = draw.randrange(1, len(SHAPE) + 1)
    cells = []
    for ordinal, (_key, kind) in enumerate(SHAPE):
        if ordinal >= reached:
            cells.append(
                Cell().opened(10).recorded(draw.randrange(10), 10)
                if ordinal == reached and kind is ActivityKind.QUIZ
                else Cell()
            )
        elif kind is ActivityKind.LESSON:
            cells.append(Cell(CellState.DONE))
        else:
            percent = draw.choice([30, 40, 50, 60, 70, 75, 80, 90, 100])
            cells.append(Cell().finished(percent, completes=percent >= 50))
    return cells


def make_quiz(
    of: Activity,
    *,
    questions: int = 3,
    behaviour: Behaviour = Behaviour.DEFERRED,
    **settings: Any,
) -> Quiz:
    """Store a test of single-choice questions, whose first choice is right, for an activity."""
    course_id = db.session.scalar(
        sa.select(CourseVersion.course_id).where(CourseVersion.id == of.version_id)
    )
    values: dict[str, Any] = {
        "complete_when": CompleteWhen.SUBMITTED,
        "pass_fraction": Decimal("0.5"),
        "attempts_allowed": 1,
        "time_limit_seconds": 900,
        "draw_count": None,
        "is_shuffled": False,
        **settings,
    }
    quiz = Quiz(id=uuid.uuid4(), activity_id=of.id, behaviour=behaviour, **values)
    kind = KINDS["single"]
    with transaction():
        db.session.add(quiz)
        db.session.flush()
        for position in range(questions):
            read = kind.read(
                {
                    "text": f"Câu hỏi {position + 1} là gì?",
                    "choices": [
                        {"text": "Đáp án đúng", "correct": True, "feedback": "Đúng vậy."},
                        {"text": "Nhầm thứ nhất", "feedback": "Xem lại bài."},
                        {"text": "Nhầm thứ hai", "feedback": "Xem lại bài."},
                    ],
                    "explanation": "Vì bài học nói vậy.",
                }
            )
            question = Question(id=uuid.uuid4(), course_id=course_id, key=f"{of.key}-{position}")
            version = QuestionVersion(
                id=uuid.uuid4(),
                question_id=question.id,
                number=1,
                kind=read.kind,
                content=read.content,
                key=read.key,
                feedback=read.feedback,
                digest="0" * 64,
            )
            for each in (question, version):
                db.session.add(each)
                db.session.flush()
            db.session.add(
                QuizQuestion(quiz_id=quiz.id, question_version_id=version.id, position=position)
            )
    return quiz


def set_cells(enrolment: Enrolment, cells: list[Cell]) -> None:
    """Say where a learner stands."""
    with transaction():
        db.session.execute(
            sa.update(ProgressRow)
            .where(ProgressRow.enrolment_id == enrolment.id)
            .values(
                cells=encode(cells),
                done_count=sum(each.is_done for each in cells),
                active_at=utc_now(),
                change=next_change(ProgressRow.cohort_id),
            )
        )


def cells_of(enrolment: Enrolment) -> list[Cell]:
    """Return where a learner stands."""
    statement = sa.select(ProgressRow.cells).where(ProgressRow.enrolment_id == enrolment.id)
    return list(decode(str(db.session.scalar(statement))))


def activity(cohort: Cohort, ordinal: int) -> Activity:
    """Return an activity of the cohort's course."""
    return db.session.query(Activity).filter_by(version_id=cohort.version_id, ordinal=ordinal).one()


def enrolments_of(cohort: Cohort) -> list[Enrolment]:
    """Return the learners of a cohort by number."""
    return (
        db.session.query(Enrolment).filter_by(cohort_id=cohort.id).order_by(Enrolment.number).all()
    )


def learner_of(enrolment: Enrolment) -> User:
    """Return the learner of an enrolment."""
    learner = db.session.get(User, enrolment.learner_id)
    assert learner is not None
    return learner


def site_of(cohort: Cohort, place: int) -> Site:
    """Return a site of the cohort, counting from 0."""
    return sites_of(cohort)[place]


def by_given_name(names: list[str]) -> list[str]:
    """Return names as a Vietnamese list has them."""
    return sorted(names, key=name_sort_key)
