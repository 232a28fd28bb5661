"""``taphuan course``: check and import packages on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.i18n import gettext as _
from app.courses import commands, queries
from app.courses.domain.activity import VersionState
from app.courses.domain.package import CoursePackage
from app.courses.errors import BrokenPackageError

group = click.Group("course", help="khóa học (courses)")

_ANY_PATH = click.Path(path_type=Path)


def _say(sentence: str, *, is_error: bool = False) -> None:
    click.echo(sentence, err=is_error)


def _open(path: Path) -> tuple[CoursePackage, str]:
    """Return the package, or print its faults as ``file:line: sentence``.

    :raises BrokenPackageError: after printing
    """
    try:
        return commands.open_package(path)
    except BrokenPackageError as error:
        for fault in error.faults:
            is_whole = fault.file in {str(path), path.name}
            place = path if is_whole else path / fault.file
            line = f":{fault.line}" if fault.line else ""
            _say(f"{place}{line}: {fault.sentence}", is_error=True)
        raise


@group.command("check", help="kiểm tra gói, không nhập (check packages)")
@click.argument("paths", nargs=-1, required=True, type=_ANY_PATH)
def check(paths: tuple[Path, ...]) -> None:
    """Print every fault of the packages; exit with 1 when there is one."""
    is_broken = False
    for path in paths:
        try:
            package, _digest = _open(path)
        except BrokenPackageError as error:
            is_broken = True
            _say(f"{path.name}: {_('có %(n)s chỗ phải sửa.', n=len(error.faults))}", is_error=True)
            continue
        _say(f"{path.name}: {_sizes(package)}")
    if is_broken:
        raise click.exceptions.Exit(1)


@group.command("import", help="nhập gói thành phiên bản mới (import a new version)")
@click.argument("path", type=_ANY_PATH)
@click.option("--publish", "is_published", is_flag=True, help="công bố ngay (publish at once)")
def import_(path: Path, *, is_published: bool) -> None:
    """Import one package, all or nothing."""
    try:
        _import(path, is_published=is_published)
    except AppError as error:
        _say(error.sentence, is_error=True)
        raise click.exceptions.Exit(1) from error


def _import(path: Path, *, is_published: bool) -> None:
    package, digest = _open(path)
    known = queries.find_version_by_digest(package.key, digest)
    with transaction():
        now = utc_now()
        version = commands.import_package(package=package, digest=digest, imported_at=now)
        publishes = is_published and version.state is VersionState.DRAFT
        if publishes:
            commands.publish_version(version_id=version.id, published_at=now)
    values = {"title": version.title, "number": version.number}
    if known is None:
        _say(_("Đã nhập “%(title)s”, phiên bản %(number)s.", **values))
    else:
        _say(_("Gói này đã nhập trước đây: “%(title)s”, phiên bản %(number)s.", **values))
    if publishes:
        _say(_("Đã công bố phiên bản %(number)s.", number=version.number))
    elif is_published:
        _say(_("Phiên bản %(number)s đã công bố từ trước.", number=version.number))


def _sizes(package: CoursePackage) -> str:
    return _(
        "đúng mẫu, %(modules)s chuyên đề, %(activities)s hoạt động.",
        modules=len(package.modules),
        activities=sum(len(module.activities) for module in package.modules),
    )
