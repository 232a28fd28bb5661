"""What holds for every request: same-site writes only, strict headers, the language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from app.core.assets import inline_css_csp
from app.core.errors import NotAllowedError
from app.core.i18n import Language, parse_language, use_language
from app.core.i18n import gettext as _
from app.core.pages import finish_page

LANGUAGE_COOKIE = "lang"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def content_security_policy() -> str:
    """Return the one policy of all pages: nothing but our own files, no inline script."""
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' {inline_css_csp()}; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _is_from_this_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    return claimed is not None and urlsplit(claimed).netloc == request.host


def _before() -> None:
    cookie = parse_language(request.cookies.get(LANGUAGE_COOKIE))
    use_language(cookie or Language.VIETNAMESE)
    if request.method not in _SAFE_METHODS and not _is_from_this_site():
        raise NotAllowedError(
            _("Yêu cầu này không đến từ trang của hệ thống. Hãy mở lại trang rồi làm lại.")
        )


def init_web(app: Flask, *, https: bool) -> None:
    """Install the checks before and the headers after every request."""
    fixed = {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if https:
        fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def after(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed.items():
            headers[name] = value
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "private, no-cache"
        return finish_page(response)

    app.before_request(_before)
    app.after_request(after)
