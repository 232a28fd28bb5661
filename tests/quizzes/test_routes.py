"""The pages of an attempt, with and without script; no key before its time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.cohorts.models import Enrolment, EnrolmentState
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.quizzes import commands, queries
from tests.factories import make_user
from tests.pages import Browser, Page
from tests.quizzes.factories import (
    EVERY_KIND,
    KEY_CANARY,
    MULTIPLE,
    NUMERIC,
    SINGLE,
    Class,
    make_class,
    numbered,
    right_post,
)

Browsers = Callable[[], Browser]


def url(attempt: uuid.UUID, rest: str = "") -> str:
    return f"/attempts/{attempt}{rest}"


def answered(page: Page) -> str:
    return page.one("#progress").get_text(" ", strip=True)


def test_saving_by_htmx_gives_a_receipt_and_the_progress(browser: Browsers, clock: Any) -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    me.get(url(attempt))
    sent = {"a": "1", "response_id": str(uuid.uuid4()), "seq": "17"}
    page = me.htmx_post(url(attempt, "/slots/2"), sent)
    assert page.one("#r2").get_text() == "Đã lưu lúc 08:00:00, số 17"
    assert page.one("#r2")["data-seq"] == "17"
    assert "1/3" in page.one("#progress").get_text()
    assert page.one("#progress")["hx-swap-oob"] == "true"


def test_a_reload_shows_what_was_saved(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    me.htmx_post(url(attempt, "/slots/2"), {"a": "1"})
    page = browser().sign_in(klass.learner).get(url(attempt))
    assert page.one("#q2 input[checked]")["value"] == "1"
    assert "1/3" in answered(page)


def test_saving_without_script_comes_back_to_the_question(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    reply = me.post(url(attempt, "/slots/2"), {"a": "1"})
    assert reply.location.endswith("#q2")
    assert me.follow(reply).one("#q2 input[checked]")["value"] == "1"


def test_a_test_of_every_kind_can_be_done_as_one_form(browser: Browsers) -> None:
    klass = make_class()
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    assert f"url={url(attempt, '/form')}" in me.get(url(attempt)).html
    me.get(url(attempt, "/form"))
    posted: dict[str, Any] = {"finish": "1"}
    for number in range(1, len(EVERY_KIND) + 1):
        fields = right_post(attempt, number)
        posted |= {f"q{number}.{name}": values for name, values in fields.items()}
    result = me.follow(me.post(url(attempt, "/form"), posted))
    assert "Đạt · 7/7 điểm" in result.text


def test_saving_the_one_form_keeps_every_answer(browser: Browsers) -> None:
    klass = make_class()
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    posted: dict[str, Any] = {"save": "1"}
    for number in (1, 4, 7):
        fields = right_post(attempt, number)
        posted |= {f"q{number}.{name}": values for name, values in fields.items()}
    page = me.follow(me.post(url(attempt, "/form"), posted))
    assert f"3/{len(EVERY_KIND)}" in answered(page)


def test_handing_in_with_open_questions_asks_first(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    me.htmx_post(url(attempt, "/slots/1"), {"a": "1"})
    asked = me.post(url(attempt, "/finish"), status=200)
    assert "Còn 2 câu chưa trả lời" in asked.text
    done = me.post(url(attempt, "/finish"), {"confirm": "1"})
    assert done.location == url(attempt, "/result")


def test_practice_shows_feedback_at_once_and_leads_to_the_next(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    page = me.get(url(attempt))
    assert KEY_CANARY not in page.html
    card = me.htmx_post(url(attempt, "/slots/1"), right_post(attempt, 1))
    assert "Đúng" in card.text
    assert KEY_CANARY in card.html
    following = me.htmx_get(card.link("Câu tiếp theo"))
    assert following.one("form")["action"] == url(attempt, "/slots/2")
    last = me.htmx_post(url(attempt, "/slots/2"), right_post(attempt, 2))
    assert "2/2 điểm" in me.get(last.link("Xem kết quả")).text


@pytest.mark.parametrize("how", ["post", "htmx_post"])
def test_a_practice_without_an_answer_keeps_its_question(browser: Browsers, how: str) -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    card = getattr(me, how)(url(attempt, "/slots/2"), {}, status=422)
    assert "Chưa có câu trả lời nào" in card.one("#card [role=alert][autofocus]").get_text()
    assert len(card.all("[autofocus]")) == 1
    assert card.one("#card form")["action"] == url(attempt, "/slots/2")
    assert card.one("fieldset")["aria-describedby"].split()[1] == card.one("[role=alert]")["id"]
    assert KEY_CANARY not in card.html
    assert queries.list_slots(attempt)[1].response is None


@pytest.mark.parametrize("how", ["post", "htmx_post"])
def test_an_unreadable_number_in_a_practice_can_be_put_right(browser: Browsers, how: str) -> None:
    klass = make_class(numbered(NUMERIC, 1), purpose="practice", attempts=0)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    card = getattr(me, how)(url(attempt, "/slots/1"), {"a": "bảy mươi"}, status=422)
    assert "Chỉ ghi một số" in card.one("#card [role=alert]").get_text()
    assert card.form("#card form") == {"a": "bảy mươi"}
    assert "Đúng" in me.htmx_post(url(attempt, "/slots/1"), {"a": "70"}).text


@pytest.mark.parametrize("how", ["post", "htmx_post"])
def test_a_second_answer_in_a_practice_shows_how_the_first_was_graded(
    browser: Browsers, how: str
) -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    right = right_post(attempt, 1)
    me.htmx_post(url(attempt, "/slots/1"), right)
    other = {"a": "1" if right["a"] == ["0"] else "0"}
    card = getattr(me, how)(url(attempt, "/slots/1"), other, status=409)
    assert "đã trả lời và đã chấm" in card.one("#card [role=alert]").get_text()
    assert "1/1 điểm" in card.text
    assert card.link("Câu tiếp theo") == f"{url(attempt)}?q=2"


def test_practice_works_without_script(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    shown = me.follow(me.post(url(attempt, "/slots/1"), right_post(attempt, 1)))
    assert "Câu tiếp theo" in shown.text


def test_the_result_waits_for_the_release_with_key_and_feedback(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    klass.finish(attempt)
    before = me.get(url(attempt, "/result"))
    assert "1/2 điểm" in before.text
    assert "sau khi giảng viên công bố" in before.text
    assert KEY_CANARY not in before.html
    release(klass)
    assert KEY_CANARY in me.get(url(attempt, "/result")).html


def release(klass: Class) -> None:
    with transaction():
        commands.release_quiz(
            cohort_id=klass.cohort.id,
            quiz_id=queries.get_quiz_of_activity(klass.activity.id).id,
            released_by_id=klass.neighbour.id,
            released_at=utc_now(),
        )


def test_no_page_of_a_test_holds_a_key_before_release(browser: Browsers) -> None:
    klass = make_class()
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    pages = [me.get(url(attempt)), me.get(url(attempt, "/form"))]
    for number in range(1, len(EVERY_KIND) + 1):
        fields = right_post(attempt, number)
        pages.append(me.htmx_post(url(attempt, f"/slots/{number}"), fields))
    pages.append(me.get(url(attempt)))
    klass.finish(attempt)
    pages.append(me.get(url(attempt, "/result")))
    for page in pages:
        everything = page.html + str(page.headers)
        assert "CANARY" not in everything.replace(right_short_answer(attempt), "")


def right_short_answer(attempt: uuid.UUID) -> str:
    """Return what the learner typed: it happens to be the key, and is theirs to see again."""
    for slot in queries.list_slots(attempt):
        if isinstance(slot.response, str) and "CANARY" in slot.response:
            return slot.response
    return "-"


def test_another_learners_attempt_is_404_everywhere(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    theirs = klass.start(neighbour=True)
    me = browser().sign_in(klass.learner)
    me.get(url(theirs), status=404)
    me.get(url(theirs, "/form"), status=404)
    me.get(url(theirs, "/result"), status=404)
    me.post(url(theirs, "/slots/1"), {"a": "1"}, status=404)
    me.post(url(theirs, "/form"), {"q1.a": "1"}, status=404)
    me.post(url(theirs, "/finish"), {"confirm": "1"}, status=404)
    assert queries.list_slots(theirs)[0].response is None


@pytest.mark.parametrize(
    ("path", "data", "status", "sentence"),
    [
        ("/slots/1", {}, 422, "Chưa có câu trả lời nào để lưu"),
        ("/slots/9", {"a": "1"}, 404, "Không có câu hỏi này trong bài"),
        ("/slots/1", {"a": "99"}, 422, "Tải lại trang"),
        ("/slots/1", {"a": "1", "seq": "x", "response_id": "y"}, 422, "tải lại trang"),
        ("/slots/1", {"a": "1", "seq": "1"}, 422, "tải lại trang"),
    ],
)
@pytest.mark.parametrize("how", ["post", "htmx_post"])
def test_bad_input_gets_a_sentence_and_stores_nothing(
    browser: Browsers, path: str, data: dict[str, str], status: int, sentence: str, how: str
) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    page = getattr(me, how)(url(attempt, path), data, status=status)
    assert sentence.lower() in page.text.lower()
    assert queries.list_slots(attempt)[0].response is None


def test_an_answer_after_the_deadline_says_what_holds(browser: Browsers, clock: Any) -> None:
    klass = make_class(numbered(SINGLE, 2), time_limit_minutes=15)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    clock.forward(minutes=16)
    page = me.htmx_post(url(attempt, "/slots/1"), {"a": "1"}, status=410)
    assert "Đã hết giờ lúc 08:15:00" in page.text
    assert "Đã hết giờ" in me.get(url(attempt)).text


def test_a_second_submit_says_when_the_first_was(browser: Browsers, clock: Any) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    klass.finish(attempt)
    page = me.post(url(attempt, "/finish"), {"confirm": "1"}, status=409)
    assert "Bài đã nộp lúc 08:00:00" in page.text


def test_the_result_of_an_open_attempt_is_refused(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    browser().sign_in(klass.learner).get(url(attempt, "/result"), status=409)


def test_nobody_signed_in_is_asked_to_sign_in(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    browser().htmx_post(url(attempt, "/slots/1"), {"a": "1"}, status=401)
    stranger = browser().sign_in(make_user("Lê Văn Lạ"))
    stranger.get(url(attempt), status=404)


@pytest.mark.parametrize("path", ["", "/form"])
def test_questions_of_the_course_are_marked_on_english_pages_alone(
    path: str, browser: Browsers
) -> None:
    klass = make_class(numbered(SINGLE, 1))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    assert me.get(url(attempt, path)).all("main [lang]") == []
    me.post("/language", {"lang": "en"})
    page = me.get(url(attempt, path))
    assert page.one("legend span")["lang"] == "vi"
    assert {each.get("lang") for each in page.all(".pick span span")} == {"vi"}
    assert page.one(".hint").find_parent(lang="vi") is None


def test_a_review_marks_the_words_of_the_course_but_not_ours(browser: Browsers) -> None:
    klass = make_class()
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    me.post("/language", {"lang": "en"})
    me.post(url(attempt, "/finish"), {"confirm": "1"})
    release(klass)
    marked = me.get(url(attempt, "/result")).all('.q [lang="vi"]')
    texts = {each.get_text(strip=True) for each in marked}
    assert texts
    assert not texts & {"True", "False"}


def test_a_response_that_does_not_count_is_not_called_saved(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    first = {"a": "1", "response_id": str(uuid.uuid4()), "seq": "3"}
    me.htmx_post(url(attempt, "/slots/1"), first)
    late = {"a": "0", "response_id": str(uuid.uuid4()), "seq": "1"}
    for _sent_twice in range(2):
        page = me.htmx_post(url(attempt, "/slots/1"), late)
        assert "Chưa tính: máy khác đã lưu câu trả lời mới hơn, số 3" in page.text
        assert page.one("#r1")["data-seq"] == "3"
    again = me.htmx_post(url(attempt, "/slots/1"), first)
    assert "Đã lưu" in again.text


def whole_form(me: Browser, attempt: uuid.UUID) -> dict[str, Any]:
    return me.get(url(attempt, "/form")).form("#whole")


def test_a_form_drawn_before_another_device_saved_takes_nothing_away(browser: Browsers) -> None:
    klass = make_class()
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    stale = whole_form(me, attempt)
    for number in range(1, len(EVERY_KIND) + 1):
        klass.answer(attempt, number, posted=right_post(attempt, number))
    kept = [each.response for each in queries.list_slots(attempt)]
    me.post(url(attempt, "/form"), stale | {"save": "1"})
    assert [each.response for each in queries.list_slots(attempt)] == kept


def test_one_unreadable_answer_keeps_the_others_and_does_not_hand_in(browser: Browsers) -> None:
    klass = make_class([*numbered(SINGLE, 2), NUMERIC], shuffle=False)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    posted = whole_form(me, attempt) | {"q1.a": "1", "q3.a": "mười hai", "finish": "1"}
    page = me.post(url(attempt, "/form"), posted, status=422)
    assert page.one("#q3 input[name='q3.a']")["value"] == "mười hai"
    assert page.link("Câu 3") == "#q3"
    assert "1/3" in answered(page)
    mended = page.form("#whole") | {"q3.a": "70", "finish": "1", "confirm": "1"}
    assert "2/3" not in me.post(url(attempt, "/form"), mended).location
    slots = queries.list_slots(attempt)
    assert slots[0].response is not None
    assert slots[2].fraction == 1


def test_ticks_taken_away_without_script_are_taken_away(browser: Browsers) -> None:
    klass = make_class([MULTIPLE])
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    klass.answer(attempt, 1, posted={"a": ["0", "1"]})
    posted = whole_form(me, attempt)
    del posted["q1.a"]
    page = me.follow(me.post(url(attempt, "/form"), posted | {"save": "1"}))
    assert "0/1" in answered(page)


def test_a_cancelled_learner_saves_and_hands_in_no_more(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    with transaction():
        db.session.execute(
            sa.update(Enrolment)
            .where(Enrolment.id == klass.enrolment.id)
            .values(state=EnrolmentState.CANCELLED, cancelled_at=utc_now())
        )
    me.htmx_post(url(attempt, "/slots/1"), {"a": "1"}, status=404)
    me.post(url(attempt, "/finish"), {"confirm": "1"}, status=404)


def test_the_one_form_of_an_overdue_test_leads_to_its_end(browser: Browsers, clock: Any) -> None:
    klass = make_class(numbered(SINGLE, 2), time_limit_minutes=15)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    clock.forward(minutes=16)
    assert me.get(url(attempt, "/form"), status=303).location == url(attempt)


def test_a_test_that_need_not_be_passed_says_marks_and_no_verdict(browser: Browsers) -> None:
    klass = make_class(numbered(SINGLE, 2), complete_when="submitted", attempts=1)
    attempt, me = klass.start(), browser().sign_in(klass.learner)
    klass.finish(attempt)
    page = me.get(url(attempt, "/result"))
    assert "0/2 điểm" in page.text
    assert "Chưa đạt" not in page.text
