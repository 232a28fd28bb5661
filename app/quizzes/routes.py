"""Pages of an attempt: asked, saved, handed in, reviewed."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError, InvalidInputError
from app.core.htmx import redirect, redirect_to, render, wants_fragment
from app.quizzes import commands, pages, queries
from app.quizzes.errors import SlotGradedError
from app.quizzes.forms import AnswerForm, read_whole_form
from app.quizzes.models import FinishReason
from app.quizzes.view_models import SavedAnswer, attempt_url

bp = Blueprint("quizzes", __name__, template_folder="templates")


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/attempts/<uuid:attempt_id>")
@requires_role(Role.LEARNER)
def show_attempt(attempt_id: uuid.UUID) -> Response:
    """Show the test, or the next question of a practice; a finished attempt shows its result."""
    attempt = queries.get_attempt(attempt_id, learner_id=current_user().id)
    if attempt.is_finished:
        return redirect_to(f"{attempt_url(attempt)}/result")
    now = utc_now()
    if pages.is_overdue(attempt, now):
        return _private(
            make_response(render_template("quizzes/overdue.html", page=pages.overdue(attempt)))
        )
    if pages.is_practice(attempt):
        card = pages.practice(attempt, request.args.get("q", type=int))
        return _private(render("quizzes/practice.html", "quizzes/_card.html", card=card))
    return _private(
        make_response(
            render_template("quizzes/test.html", page=pages.asked(attempt, now, in_one_form=False))
        )
    )


@bp.get("/attempts/<uuid:attempt_id>/form")
@requires_role(Role.LEARNER)
def show_form(attempt_id: uuid.UUID) -> Response:
    """Show the test as one form, for browsers without script."""
    attempt = queries.get_attempt(attempt_id, learner_id=current_user().id)
    now = utc_now()
    is_open = not attempt.is_finished and not pages.is_overdue(attempt, now)
    if not is_open or pages.is_practice(attempt):
        return redirect("quizzes.show_attempt", attempt_id=attempt_id)
    page = pages.asked(attempt, now, in_one_form=True)
    return _private(make_response(render_template("quizzes/form.html", page=page)))


@bp.post("/attempts/<uuid:attempt_id>/form")
@requires_role(Role.LEARNER)
def save_form(attempt_id: uuid.UUID) -> Response:
    """Store the whole test posted as one form; hand it in when that button was used."""
    learner_id, now = current_user().id, utc_now()
    attempt = queries.get_attempt(attempt_id, learner_id=learner_id)
    posted = read_whole_form(request.form, attempt.slot_count)
    with transaction():
        refused = commands.record_form(
            attempt_id=attempt_id, learner_id=learner_id, posted=posted, received_at=now
        )
    if refused:
        saved = queries.get_attempt(attempt_id, learner_id=learner_id)
        page = pages.with_refusals(saved, posted, refused, now)
        return _private(make_response(render_template("quizzes/form.html", page=page), 422))
    if "finish" in request.form:
        return save_finish(attempt_id)
    return redirect("quizzes.show_form", attempt_id=attempt_id)


@bp.post("/attempts/<uuid:attempt_id>/slots/<int:number>")
@requires_role(Role.LEARNER)
def save_answer(attempt_id: uuid.UUID, number: int) -> Response:
    """Store the learner's response; the receipt is written after COMMIT."""
    learner_id = current_user().id
    form = AnswerForm.read(request.form)
    try:
        receipt = _record(attempt_id, number, learner_id, form)
    except (InvalidInputError, SlotGradedError) as error:
        attempt = queries.get_attempt(attempt_id, learner_id=learner_id)
        if not pages.is_practice(attempt):  # a test has a line for the sentence at each question
            raise
        return _refused(attempt, number, form, error)
    if not wants_fragment():
        return redirect_to(pages.after_save(attempt_id, number))
    if receipt.is_practice:
        attempt = queries.get_attempt(attempt_id, learner_id=learner_id)
        card = pages.practice(attempt, number)
        return _private(make_response(render_template("quizzes/_card.html", card=card)))
    return _private(pages.receipt(SavedAnswer.of(receipt)))


def _record(
    attempt_id: uuid.UUID, number: int, learner_id: uuid.UUID, form: AnswerForm
) -> commands.Receipt:
    with transaction():
        return commands.record_answer(
            attempt_id=attempt_id,
            slot_number=number,
            learner_id=learner_id,
            posted=form.posted,
            response_id=form.response_id,
            seq=form.seq,
            received_at=utc_now(),
        )


def _refused(
    attempt: queries.AttemptHead, number: int, form: AnswerForm, error: AppError
) -> Response:
    """Show the card again, so that a refusal never takes the question away."""
    typed = "".join(form.posted.get("a", ()))
    card = pages.practice(attempt, number).refused(error.sentence, typed)
    page, fragment = "quizzes/practice.html", "quizzes/_card.html"
    return _private(render(page, fragment, error.status, card=card))


@bp.post("/attempts/<uuid:attempt_id>/finish")
@requires_role(Role.LEARNER)
def save_finish(attempt_id: uuid.UUID) -> Response:
    """Hand the attempt in; ask first when questions are unanswered and there is time left."""
    learner_id, now = current_user().id, utc_now()
    attempt = queries.get_attempt(attempt_id, learner_id=learner_id)
    if attempt.finish_reason is FinishReason.TIME_OVER:  # the server was first at the deadline
        return redirect("quizzes.show_result", attempt_id=attempt_id)
    if pages.needs_confirmation(attempt, now) and "confirm" not in request.form:
        page = pages.confirmation(attempt)
        return _private(make_response(render_template("quizzes/confirm.html", page=page)))
    with transaction():
        commands.finish_attempt(attempt_id=attempt_id, learner_id=learner_id, finished_at=now)
    return redirect("quizzes.show_result", attempt_id=attempt_id)


@bp.get("/attempts/<uuid:attempt_id>/result")
@requires_role(Role.LEARNER)
def show_result(attempt_id: uuid.UUID) -> Response:
    """Show mark and outcome; key and feedback only when they may be seen."""
    attempt = queries.get_attempt(attempt_id, learner_id=current_user().id)
    return make_response(render_template("quizzes/result.html", page=pages.result(attempt)))
