"""From the files of a package to a course, or to the list of all its faults."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.i18n import gettext as _
from app.courses.domain.activity_files import Known, PackagedThing, Readers, read_activity
from app.courses.domain.faults import Fault
from app.courses.domain.fields import KEY, LONGEST_TEXT, Fields, not_a_key
from app.courses.domain.files import (
    COURSE_FILE,
    MODULE_FILE,
    PackageFiles,
    is_outside,
    missing,
    outside,
)
from app.courses.domain.package import (
    FORMAT,
    TABLE_WORDS,
    CoursePackage,
    PackagedModule,
    PackagedText,
)


def read_package(
    contents: Mapping[str, bytes], readers: Readers
) -> tuple[CoursePackage | None, tuple[Fault, ...]]:
    """Return the course and no fault, or no course and every fault.

    :param contents: path inside the package (``/`` between folders) → content
    :param readers: who checks the definitions of which kind of activity
    """
    files = PackageFiles(contents)
    package = _read_course(files, readers) if files.check_sizes() else None
    faults = files.faults.as_tuple()
    return (None if faults else package), faults


def _read_course(files: PackageFiles, readers: Readers) -> CoursePackage | None:
    course = files.yaml(COURSE_FILE)
    if course is None:
        return None
    course.only("format", "id", "title", "summary", "language", "licence", "sources", "modules")
    _check_one_of(course, "format", [FORMAT])
    _check_one_of(course, "language", list(TABLE_WORDS))
    ids = Known()
    sources = _texts(course, "sources", ids)
    folders = _module_folders(files, course)
    heads = [head for head in (_module_head(files, each) for each in folders) if head]
    objectives = [_texts(head, "objectives", ids) for head in heads]
    known = Known(
        objectives=frozenset(each.key for group in objectives for each in group),
        sources=frozenset(each.key for each in sources),
        places=ids.places,
    )
    modules = []
    entries: list[tuple[Fields, PackagedThing | None]] = []
    for head, group in zip(heads, objectives, strict=True):
        mine = [
            (entry, read_activity(files, entry, known, readers))
            for entry in head.each("activities")
        ]
        entries.extend(mine)
        modules.append(
            PackagedModule(
                key=known.own_key(head, "module"),
                title=head.text("title"),
                objectives=group,
                activities=tuple(activity for _entry, activity in mine if activity),
            )
        )
    _check_requirements(entries)
    files.note_leftovers(folders)
    return CoursePackage(
        key=course.key(),
        title=course.text("title"),
        summary=course.text("summary", most=LONGEST_TEXT),
        language=course.text("language"),
        licence=course.text("licence"),
        sources=sources,
        modules=tuple(modules),
    )


def _check_one_of(fields: Fields, name: str, allowed: list[str]) -> None:
    value = fields.text(name)
    if value and value not in allowed:
        sentence = _(
            "Mục “%(name)s” phải là một trong: %(allowed)s.",
            name=name,
            allowed=", ".join(allowed),
        )
        fields.fault(sentence, name)


def _texts(fields: Fields, name: str, known: Known) -> tuple[PackagedText, ...]:
    found = []
    for each in fields.each(name, may_be_empty=True):
        each.only("id", "text")
        key = known.own_key(each, name)
        found.append(PackagedText(key, each.text("text", most=LONGEST_TEXT)))
    return tuple(found)


def _module_folders(files: PackageFiles, course: Fields) -> list[str]:
    found: list[str] = []
    for place, folder in enumerate(course.sequence("modules")):
        sentence = _fault_of_folder(files, folder, found)
        if sentence:
            course.fault(sentence, "modules", place)
        else:
            found.append(folder)
    return found


def _fault_of_folder(files: PackageFiles, folder: object, before: list[str]) -> str:
    if not isinstance(folder, str):
        return not_a_key(folder)
    if is_outside(folder):
        return outside(folder)
    if not KEY.fullmatch(folder):
        return not_a_key(folder)
    if folder in before:
        return _("“%(key)s” có hai lần trong danh sách: chỉ giữ một.", key=folder)
    name = f"{folder}/{MODULE_FILE}"
    return "" if name in files else missing(name)


def _module_head(files: PackageFiles, folder: str) -> Fields | None:
    head = files.yaml(f"{folder}/{MODULE_FILE}")
    if head is not None:
        head.only("id", "title", "objectives", "activities")
    return head


def _check_requirements(entries: list[tuple[Fields, PackagedThing | None]]) -> None:
    """Note what requires an activity that is not there, or that comes only later.

    While an activity cannot be read its id is unknown, so that a missing one is no second fault.
    """
    everything = {activity.key for _entry, activity in entries if activity}
    are_all_read = all(activity for _entry, activity in entries)
    before: set[str] = set()
    for entry, activity in entries:
        for place, key in entry.keys("requires"):
            if key not in everything and not are_all_read:
                continue
            if key not in everything:
                sentence = _("Không có hoạt động “%(key)s”: sửa mã hoặc bỏ khỏi requires.", key=key)
                entry.fault(sentence, "requires", place)
            elif key not in before:
                sentence = _(
                    "“%(key)s” không đứng trước hoạt động này: đổi thứ tự hoặc bỏ khỏi requires.",
                    key=key,
                )
                entry.fault(sentence, "requires", place)
        if activity:
            before.add(activity.key)
