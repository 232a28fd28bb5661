from __future__ import annotations

import ast
import inspect
import unicodedata
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.clock import utc_now
from app.core.db import Base, db, transaction
from app.core.events import bus_of
from app.courses import commands, queries
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.domain.package import CoursePackage
from app.courses.domain.reading import read_package
from app.courses.errors import BrokenPackageError, CourseNotFoundError, VersionPublishedError
from app.courses.events import ActivityImported, CourseVersionPublished
from app.courses.models import Activity, Course, CourseVersion, Lesson, Module, Objective
from tests.courses.packages import contents, right_package, spoilt, write_folder


def package_of(files: dict[str, str]) -> CoursePackage:
    package, faults = read_package(contents(files), {})
    assert faults == ()
    assert package is not None
    return package


def import_files(files: dict[str, str], digest: str = "a" * 64) -> CourseVersion:
    with transaction():
        return commands.import_package(
            package=package_of(files), digest=digest, imported_at=utc_now()
        )


def publish(version: CourseVersion) -> None:
    with transaction():
        commands.publish_version(version_id=version.id, published_at=utc_now())


def row_counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    counts = {
        each.name: db.session.scalar(sa.select(sa.func.count()).select_from(each)) or 0
        for each in tables
    }
    db.session.expire_all()
    return counts


class Heard(list):
    """The events of one type that were announced while a test ran."""

    def __init__(self, app: Flask, event_type: type) -> None:
        super().__init__()
        self._subscribers = bus_of(app)._subscribers[event_type]
        self._subscribers.append(self.append)

    def stop(self) -> None:
        self._subscribers.remove(self.append)


@pytest.fixture
def imported(app):
    heard = Heard(app, ActivityImported)
    yield heard
    heard.stop()


@pytest.fixture
def published(app):
    heard = Heard(app, CourseVersionPublished)
    yield heard
    heard.stop()


def test_an_imported_package_is_a_draft_with_everything_in_order():
    version = import_files(right_package())
    assert (version.number, version.state, version.licence) == (1, VersionState.DRAFT, "CC-BY-4.0")
    outline = queries.get_outline(version.id)
    assert [(each.ordinal, each.key, each.kind, each.requires) for each in outline.activities] == [
        (0, "m1-bai-hoc", ActivityKind.LESSON, ()),
        (1, "m1-luyen-tap", ActivityKind.QUIZ, (0,)),
        (2, "m2-bai-hoc", ActivityKind.LESSON, (0, 1)),
    ]
    assert [each.text for each in outline.modules[0].objectives] == ["Nêu được một điều."]
    body = queries.get_lesson_body(outline.by_key("m1-bai-hoc").id)
    assert "<strong>chữ đậm</strong>" in body.html
    assert [each.key for each in body.objectives] == ["m1-1"]
    assert [each.text for each in body.sources] == ["Tin ngày 01/07/2024."]


def test_each_quiz_is_announced_once_after_its_activity_is_stored(imported):
    version = import_files(right_package())
    (event,) = imported
    activity = db.session.get_one(Activity, event.activity_id)
    assert (event.version_id, event.kind) == (version.id, ActivityKind.QUIZ)
    assert activity.key == event.definition["id"] == "m1-luyen-tap"


def test_the_same_package_again_gives_the_version_it_gave_before(imported):
    first = import_files(right_package())
    before = row_counts()
    assert import_files(right_package()).id == first.id
    publish(first)
    again = import_files(right_package())
    assert (again.id, again.state) == (first.id, VersionState.PUBLISHED)
    assert len(imported) == 1
    assert row_counts()["activity"] == before["activity"]


def test_a_changed_package_is_the_next_version_and_the_old_one_stays():
    first = import_files(right_package())
    publish(first)
    outline = queries.get_outline(first.id)
    second = import_files(
        spoilt("course.yaml", "title: Khóa thử", "title: Khóa mới"), digest="b" * 64
    )
    assert (second.number, second.state) == (2, VersionState.DRAFT)
    assert queries.get_outline(first.id) == outline
    found = queries.find_published_version("khoa-thu")
    assert found is not None
    assert (found.id, found.title) == (first.id, "Khóa thử")
    assert queries.list_courses()[0].title == "Khóa thử"
    publish(second)
    assert queries.list_courses()[0].title == "Khóa mới"
    assert queries.get_version("khoa-thu").number == 2
    assert queries.get_version("khoa-thu", 1).title == "Khóa thử"


def test_a_broken_package_leaves_nothing_behind(app, tmp_path):
    before = row_counts()
    folder = write_folder(
        tmp_path / "khoa", spoilt("phan-mot/module.yaml", "id: m1\n", "id: M 1\n")
    )
    with pytest.raises(BrokenPackageError) as caught:
        commands.open_package(folder)
    assert caught.value.faults
    assert row_counts() == before


def test_a_package_that_fails_half_way_leaves_nothing_behind(app):
    before = row_counts()

    def fail(_event: ActivityImported) -> None:
        raise VersionPublishedError

    subscribers = bus_of(app)._subscribers[ActivityImported]
    subscribers.append(fail)
    try:
        with pytest.raises(VersionPublishedError):
            import_files(right_package())
    finally:
        subscribers.remove(fail)
    assert row_counts() == before


def test_publishing_is_announced_and_is_done_once(published):
    version = import_files(right_package())
    publish(version)
    (event,) = published
    assert event.version_id == version.id
    assert event.audited
    with pytest.raises(VersionPublishedError):
        publish(version)
    assert len(published) == 1


def test_a_version_that_is_not_there_cannot_be_published():
    with pytest.raises(CourseNotFoundError), transaction():
        commands.publish_version(version_id=uuid.uuid4(), published_at=utc_now())


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (CourseVersion, "title"),
        (Module, "title"),
        (Objective, "text"),
        (Activity, "title"),
        (Lesson, "html"),
    ],
)
def test_no_row_of_a_published_version_changes_or_goes_away(model, column):
    publish(import_files(right_package()))
    with pytest.raises(VersionPublishedError), transaction():
        setattr(db.session.scalars(sa.select(model)).first(), column, "Khác")
    with pytest.raises(VersionPublishedError), transaction():
        db.session.delete(db.session.scalars(sa.select(model)).first())
    assert "Khác" not in db.session.scalars(sa.select(getattr(model, column))).all()


def test_a_draft_may_change():
    import_files(right_package())
    with transaction():
        db.session.scalars(sa.select(Module)).first().title = "Khác"
    assert "Khác" in db.session.scalars(sa.select(Module.title)).all()


def test_commands_write_through_the_guarded_rows_only():
    """Statements past the ORM would pass the guard: commands of courses use none."""
    tree = ast.parse(inspect.getsource(commands))
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called.isdisjoint({"update", "delete", "insert", "text", "execute", "exec_driver_sql"})


def test_a_rolled_back_publishing_is_not_remembered():
    version = import_files(right_package())

    class StopError(Exception):
        """Ends the transaction in the middle."""

    def publish_and_stop() -> None:
        commands.publish_version(version_id=version.id, published_at=utc_now())
        assert queries.get_outline(version.id).state is VersionState.PUBLISHED
        raise StopError

    with pytest.raises(StopError), transaction():
        publish_and_stop()
    assert queries.get_outline(version.id).state is VersionState.DRAFT


def test_every_stored_text_is_nfc():
    files = {name: unicodedata.normalize("NFD", text) for name, text in right_package().items()}
    import_files(files)
    assert db.session.scalar(sa.select(Course.title)) == "Khóa thử"
    for model in (Course, CourseVersion, Module, Objective, Activity, Lesson):
        for row in db.session.execute(sa.select(model.__table__)):
            for value in row:
                if isinstance(value, str):
                    assert value == unicodedata.normalize("NFC", value)
