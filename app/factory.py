"""Make an application: the one module that knows every feature."""

from __future__ import annotations

import logging

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.audit import feature as audit
from app.auth import feature as auth
from app.auth.session import find_current_user, init_session
from app.certificates import feature as certificates
from app.cohorts import feature as cohorts
from app.core.assets import asset_url, inline_css, register_assets
from app.core.db import init_database
from app.core.error_pages import init_error_pages
from app.core.formatting import init_formatting
from app.core.health import bp as health
from app.core.htmx import init_htmx
from app.core.i18n import gettext, language
from app.core.markup import filled, lang_attribute, spoken
from app.core.navigation import menu_for
from app.core.web import init_web
from app.courses import feature as courses
from app.dashboards import feature as dashboards
from app.progress import feature as progress
from app.quizzes import feature as quizzes
from app.units import feature as units
from config import Config

FEATURES = (auth, audit, units, courses, cohorts, quizzes, progress, certificates, dashboards)
_LARGEST_REQUEST = 2 * 1024 * 1024


def create_app(config: Config) -> Flask:
    """Return an application with every feature, ready to serve.

    :param config: the settings; ``config.read_config()`` in production
    """
    app = Flask(__name__, static_folder=None, template_folder="templates")
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.sqlalchemy_url,
        SQLITE_SYNCHRONOUS=config.sqlite_synchronous,
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST_REQUEST,
        TRUSTED_HOSTS=list(config.known_hosts),
        TESTING=config.testing,
        BASE_URL=config.base_url,
        DATA_DIR=config.data_dir,
        DEMO=config.demo,
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=gettext, asset=asset_url, help_line=config.help_line)
    app.jinja_env.globals.update(lang_attribute=lang_attribute, spoken=spoken)
    app.jinja_env.filters["filled"] = filled
    init_database(app)
    init_htmx(app)
    init_session(app, https=config.https)
    init_web(app, https=config.https)
    init_error_pages(app)
    init_formatting(app)
    register_assets(app)
    app.register_blueprint(health)
    for feature in FEATURES:
        feature.register(app)
    app.context_processor(_for_every_page)
    return app


def _for_every_page() -> dict[str, object]:
    user = find_current_user()
    return {
        "lang": language().value,
        "user": user,
        "nav": menu_for(user.roles) if user else [],
        "inline_css_text": inline_css(),
    }
