"""AppError → page, fragment or sentence with its status; anything unforeseen → 500 with an id."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from app.core.errors import AppError, NotFoundError, TooManyRequestsError
from app.core.htmx import wants_fragment
from app.core.i18n import gettext as _

logger = logging.getLogger(__name__)


def error_response(
    status: HTTPStatus, sentence: str, error_id: str = "", heading: str = ""
) -> Response:
    """Return the sentence as a page, or as the fragment that htmx puts where the trouble is."""
    template = "errors/_error.html" if wants_fragment() else "errors/error.html"
    body = render_template(
        template, status=status.value, sentence=sentence, error_id=error_id, own_heading=heading
    )
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _app_error(error: AppError) -> Response:
    logger.info("%s on %s: %s", type(error).__name__, request.path, error.status.value)
    response = error_response(error.status, error.sentence, heading=error.heading)
    if isinstance(error, TooManyRequestsError):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _http_error(error: HTTPException) -> Response:
    status = HTTPStatus(error.code or 500)
    if isinstance(error, SecurityError):
        return error_response(
            status,
            _(
                "Máy chủ này không mang tên trong địa chỉ vừa mở. Hãy kiểm tra lại địa chỉ; "
                "nếu đúng, báo người vận hành ghi địa chỉ đó vào TAPHUAN_BASE_URL."
            ),
            heading=_("Chưa đúng địa chỉ"),
        )
    sentences = {
        HTTPStatus.NOT_FOUND: NotFoundError().sentence,
        HTTPStatus.METHOD_NOT_ALLOWED: _(
            "Trang này không nhận thao tác đó. Hãy quay lại trang trước."
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Dữ liệu gửi lên quá lớn. Hãy gửi phần nhỏ hơn."),
        HTTPStatus.BAD_REQUEST: _("Máy chủ không hiểu yêu cầu này. Hãy mở lại trang rồi làm lại."),
    }
    if status in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}:
        return make_response(error.get_response())
    return error_response(status, sentences.get(status, sentences[HTTPStatus.BAD_REQUEST]))


def _unforeseen(error: Exception) -> Response:
    error_id = uuid.uuid4().hex[:8]
    logger.error("error %s on %s %s", error_id, request.method, request.path, exc_info=error)
    sentence = _("Có lỗi ở máy chủ. Bài làm đã lưu vẫn được giữ. Hãy thử lại sau ít phút.")
    return error_response(HTTPStatus.INTERNAL_SERVER_ERROR, sentence, error_id)


def init_error_pages(app: Flask) -> None:
    """Turn every error into a page; in tests the unforeseen ones are raised."""
    app.register_error_handler(AppError, _app_error)
    app.register_error_handler(HTTPException, _http_error)
    if not app.testing:
        app.register_error_handler(Exception, _unforeseen)
