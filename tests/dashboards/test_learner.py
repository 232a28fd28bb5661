"""The learner's way: classes, outline, lesson, door of a test, name on the certificate."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.cohorts.models import Cohort, Enrolment
from app.core.db import db
from app.courses.models import ActivityKind
from app.progress.domain.cells import Cell, CellState
from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.models import Attempt
from tests.dashboards.factories import activity, cells_of, learner_of, make_quiz, set_cells
from tests.factories import make_cohort, make_course, make_enrolment, make_staff, make_user
from tests.pages import Browser

DONE = Cell(CellState.DONE)
NEW = Cell()
Browsers = Callable[[], Browser]


@pytest.fixture
def cohort() -> Cohort:
    course = make_course(
        (
            ("dau-khoa", ActivityKind.QUIZ),
            ("bai-1", ActivityKind.LESSON),
            ("bai-2", ActivityKind.LESSON),
        ),
        requires={"bai-1": [0], "bai-2": [0, 1]},
    )
    cohort = make_cohort(course)
    make_quiz(activity(cohort, 0))
    return cohort


@pytest.fixture
def enrolment(cohort: Cohort) -> Enrolment:
    return make_enrolment(cohort)


@pytest.fixture
def learner(browser: Browsers, enrolment: Enrolment) -> Browser:
    return browser().sign_in(learner_of(enrolment))


def test_my_classes_lead_to_the_outline(cohort: Cohort, learner: Browser) -> None:
    page = learner.get("/learn")

    assert "xong 0/3 bài" in page.text
    assert page.link(cohort.title) == f"/learn/{cohort.slug}"


def test_who_is_in_no_class_is_told_whom_to_ask(browser: Browsers) -> None:
    page = browser().sign_in(make_user()).get("/learn")

    assert "báo cho cán bộ phụ trách đào tạo" in page.text


def test_the_outline_says_what_is_next_and_what_opens_the_rest(
    cohort: Cohort, learner: Browser
) -> None:
    page = learner.get(f"/learn/{cohort.slug}")

    first, second, third = page.all("li.task")
    assert "next" in first["class"]
    assert "Chưa mở" in second.get_text()
    assert not second.select("a")
    assert "Cần làm xong trước: Hoạt động dau-khoa; Hoạt động bai-1" in third.get_text()
    assert page.link("Bắt đầu: Hoạt động dau-khoa") == f"/learn/{cohort.slug}/dau-khoa"


def test_the_outline_changes_with_what_is_done(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    learner.get(f"/learn/{cohort.slug}")
    set_cells(enrolment, [Cell().finished(40, completes=True), NEW, NEW])

    page = learner.get(f"/learn/{cohort.slug}")

    assert "Đã xong, 40%" in page.text
    assert page.link("Làm tiếp: Hoạt động bai-1") == f"/learn/{cohort.slug}/bai-1"


@pytest.mark.parametrize(
    ("path", "status"), [("", 200), ("/bai-1", 200), ("/bai-2", 403), ("/dau-khoa", 200)]
)
def test_words_of_the_course_are_marked_on_english_pages_alone(
    path: str, status: int, cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    set_cells(enrolment, [DONE, NEW, NEW])
    url = f"/learn/{cohort.slug}{path}"
    assert learner.get(url, status).all("main [lang]") == []

    learner.post("/language", {"lang": "en"})

    texts = learner.get(url, status).one("main").find_all(string=re.compile("Hoạt động"))
    assert texts
    assert all(text.find_parent(lang="vi") for text in texts)


def test_a_lesson_is_read_done_and_followed_by_the_next(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    set_cells(enrolment, [DONE, NEW, NEW])
    page = learner.get(f"/learn/{cohort.slug}/bai-1")
    assert "Nội dung." in page.text

    reply = learner.post(str(page.one("main form")["action"]))

    assert reply.location == f"/learn/{cohort.slug}/bai-2"
    assert cells_of(enrolment)[1].is_done
    again = learner.get(f"/learn/{cohort.slug}/bai-1")
    assert "đã học xong bài này" in again.text
    assert again.link("Bài tiếp theo") == f"/learn/{cohort.slug}/bai-2"


def test_a_lesson_names_no_reader_since_readers_share_it(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    set_cells(enrolment, [DONE, NEW, NEW])

    page = learner.get(f"/learn/{cohort.slug}/bai-1")

    assert learner_of(enrolment).full_name not in page.html


def test_the_last_lesson_leads_back_to_the_class(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    set_cells(enrolment, [DONE, DONE, NEW])

    reply = learner.post(f"/learn/{cohort.slug}/bai-2/done")

    assert reply.location == f"/learn/{cohort.slug}"
    assert "đã hoàn thành lớp" in learner.follow(reply).text


def test_a_locked_address_says_what_to_do_first(cohort: Cohort, learner: Browser) -> None:
    page = learner.get(f"/learn/{cohort.slug}/bai-1", status=403)

    assert page.link("Hoạt động dau-khoa") == f"/learn/{cohort.slug}/dau-khoa"


def test_a_locked_lesson_cannot_be_ticked_off(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    page = learner.post(f"/learn/{cohort.slug}/bai-1/done", status=403)

    assert "Cần làm xong trước: Hoạt động dau-khoa" in page.text
    assert cells_of(enrolment) == [NEW, NEW, NEW]


def test_a_locked_test_cannot_be_begun(browser: Browsers) -> None:
    course = make_course(
        (("bai-1", ActivityKind.LESSON), ("thi", ActivityKind.QUIZ)), requires={"thi": [0]}
    )
    cohort = make_cohort(course)
    make_quiz(activity(cohort, 1))
    learner = browser().sign_in(learner_of(make_enrolment(cohort)))

    page = learner.post(f"/learn/{cohort.slug}/thi/attempts", status=403)

    assert "Cần làm xong trước" in page.text
    assert db.session.query(Attempt).count() == 0


@pytest.mark.parametrize("path", ["", "/khong-co", "/bai-1"])
def test_a_class_of_others_is_not_found(cohort: Cohort, browser: Browsers, path: str) -> None:
    stranger = browser().sign_in(make_user())

    stranger.get(f"/learn/{cohort.slug}{path}", status=404)


def test_an_unknown_activity_is_not_found(cohort: Cohort, learner: Browser) -> None:
    learner.get(f"/learn/{cohort.slug}/khong-co", status=404)
    learner.post(f"/learn/{cohort.slug}/khong-co/done", status=404)


def test_the_pages_of_learners_ask_for_a_learner(cohort: Cohort, browser: Browsers) -> None:
    browser().get("/learn", status=401)
    browser().sign_in(make_staff(cohort)).get("/learn", status=403)


def test_the_door_of_a_test_tells_the_rules(cohort: Cohort, learner: Browser) -> None:
    page = learner.get(f"/learn/{cohort.slug}/dau-khoa")

    for words in (
        "Bài có 3 câu.",
        "Làm trong 15 phút.",
        "Được làm 1 lượt, còn 1.",
        "Nộp bài là xong",
        "Đáp án hiện ra khi giảng viên công bố",
    ):
        assert words in page.text


def test_the_door_of_a_practice_tells_its_rules(browser: Browsers) -> None:
    cohort = make_cohort(make_course((("luyen-tap", ActivityKind.QUIZ),)))
    make_quiz(
        activity(cohort, 0),
        behaviour=Behaviour.IMMEDIATE,
        attempts_allowed=0,
        time_limit_seconds=None,
        complete_when=CompleteWhen.PASSED,
    )
    learner = browser().sign_in(learner_of(make_enrolment(cohort)))

    text = learner.get(f"/learn/{cohort.slug}/luyen-tap").text

    assert "Được làm lại nhiều lần" in text
    assert "Đạt từ 50% trở lên là xong bài." in text
    assert "chấm và giải thích ngay" in text
    assert "phút" not in text.replace("phút đọc", "")


def test_a_test_is_begun_gone_on_with_and_used_up(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    url = f"/learn/{cohort.slug}/dau-khoa"
    begun = learner.post(f"{url}/attempts")
    attempt = db.session.query(Attempt).one()
    assert begun.location == f"/attempts/{attempt.id}"
    assert cells_of(enrolment)[0] == Cell(CellState.OPEN, 0, 3)
    assert learner.get(url).link("Mở bài đang làm") == f"/attempts/{attempt.id}"
    assert learner.post(f"{url}/attempts").location == begun.location

    learner.post(f"/attempts/{attempt.id}/finish", {"confirm": "1"})

    page = learner.get(url)
    assert "Đã hết lượt làm" in page.text
    assert page.link("Lượt 1") == f"/attempts/{attempt.id}"
    learner.post(f"{url}/attempts", status=409)


def test_the_name_is_confirmed_once_seen(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    page = learner.get(f"/learn/{cohort.slug}")
    box = next(e for e in page.all("main details") if "Họ tên trên giấy" in e.get_text())
    assert enrolment.printed_name in box.get_text()

    learner.post(str(box.select("form")[0]["action"]))

    assert "đã xác nhận" in learner.get(f"/learn/{cohort.slug}").text
    row = db.session.get(Enrolment, enrolment.id)
    assert row is not None
    assert row.name_confirmed_at is not None


def test_a_wrong_name_is_reported_with_what_is_right(
    cohort: Cohort, enrolment: Enrolment, learner: Browser
) -> None:
    learner.post(f"/learn/{cohort.slug}/name/remark", {"remark": "  Nguyễn Văn Ấn "})

    page = learner.get(f"/learn/{cohort.slug}")
    assert "Anh, chị đã báo: “Nguyễn Văn Ấn”" in page.text
    row = db.session.get(Enrolment, enrolment.id)
    assert row is not None
    assert (row.name_remark, row.name_confirmed_at) == ("Nguyễn Văn Ấn", None)


@pytest.mark.parametrize("remark", ["", "   ", "x" * 301])
def test_an_empty_or_endless_remark_is_refused_with_a_sentence(
    cohort: Cohort, enrolment: Enrolment, learner: Browser, remark: str
) -> None:
    page = learner.post(f"/learn/{cohort.slug}/name/remark", {"remark": remark}, status=422)

    assert "Hãy ghi họ và tên đúng" in page.one("#remark-error").get_text()
    assert page.one("title").get_text().startswith("Lỗi: ")
    row = db.session.get(Enrolment, enrolment.id)
    assert row is not None
    assert row.name_remark == ""
