"""The activities of a package: lessons (Markdown with a head in YAML) and quizzes (YAML)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.i18n import gettext as _
from app.core.markup import Unkept, list_unkept, render_markdown
from app.courses.domain.activity import ActivityKind
from app.courses.domain.fields import KEY, Fields, not_a_key
from app.courses.domain.files import PackageFiles, is_outside, missing, outside
from app.courses.domain.marked_yaml import Path
from app.courses.domain.package import PackagedLesson, PackagedQuiz, Reader

Readers = Mapping[ActivityKind, Reader]
PackagedThing = PackagedLesson | PackagedQuiz
Place = tuple[str, Path, int]  # file, path in its data, line

_FENCE = "---"
_LONGEST_LESSON_MINUTES = 600
_LONGEST_QUIZ_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Known:
    """What the package has declared, and where each id was first given."""

    objectives: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    places: dict[tuple[str, str], Place] = field(default_factory=dict)

    def own_key(self, fields: Fields, what: str) -> str:
        """Return the id of a mapping, noting one that another thing of its sort has.

        :param what: the sort: ids are unique within ``activity``, ``module``, …
        """
        key = fields.key()
        mine = (fields.file, fields.path, fields.line_of("id"))
        first = self.places.setdefault((what, key), mine)
        if key and first[:2] != mine[:2]:
            fields.fault(_taken(key, first), "id")
        return key

    def declared(self, fields: Fields, name: str, known: frozenset[str]) -> tuple[str, ...]:
        """Return the ids in a list, noting those that nobody declared."""
        found = fields.keys(name)
        for place, key in found:
            if key not in known:
                fields.fault(_undeclared(key), name, place)
        return tuple(key for _place, key in found)


def read_activity(
    files: PackageFiles, entry: Fields, known: Known, readers: Readers
) -> PackagedThing | None:
    """Return the activity that an entry of ``activities`` names, or None when it cannot be read."""
    entry.only("file", "requires")
    requires = tuple(key for _place, key in entry.keys("requires"))
    file = entry.text("file")
    if not file:
        return None
    name = f"{entry.file.rpartition('/')[0]}/{file}"
    sentence = _fault_of_name(files, name, file)
    if sentence:
        entry.fault(sentence, "file")
        return None
    if file.endswith(".md"):
        return _read_lesson(files, name, requires, known)
    return _read_quiz(files, name, requires, known, readers)


def _fault_of_name(files: PackageFiles, name: str, file: str) -> str:
    stem, _dot, ending = file.rpartition(".")
    if is_outside(file):
        return outside(file)
    if ending not in {"md", "yaml"}:
        return _(
            "Chưa biết loại tệp “%(file)s”: dùng .md cho bài học, .yaml cho bài kiểm tra.",
            file=file,
        )
    if not KEY.fullmatch(stem):
        return not_a_key(stem)
    return "" if name in files else missing(name)


def _taken(key: str, first: Place) -> str:
    place = f"{first[0]}:{first[2]}"
    return _("Mã “%(key)s” đã dùng ở %(place)s: đặt mã khác.", key=key, place=place)


def _undeclared(key: str) -> str:
    return _("Chưa khai báo “%(key)s”: kiểm tra lại mã, hoặc khai báo trong gói.", key=key)


def _read_lesson(
    files: PackageFiles, name: str, requires: tuple[str, ...], known: Known
) -> PackagedLesson | None:
    text = files.text(name)
    if text is None:
        return None
    lines = text.split("\n")
    fence = [line.rstrip() for line in lines]
    if fence[0] != _FENCE or _FENCE not in fence[1:]:
        sentence = _(
            "Thiếu phần đầu bài: mở tệp bằng dòng ---, rồi id, title, minutes, rồi dòng ---."
        )
        files.faults.add(name, 1, sentence)
        return None
    end = fence.index(_FENCE, 1)
    head = files.fields(name, "\n".join(lines[1:end]), lines_above=1)
    if head is None:
        return None
    head.only("id", "title", "minutes", "objectives", "sources")
    minutes = head.whole("minutes", 1, _LONGEST_LESSON_MINUTES)
    if minutes is None:
        head.fault(_("Thiếu số phút học: thêm dòng minutes, ví dụ minutes: 12."), "minutes")
    body = "\n".join(lines[end + 1 :]).strip("\n") + "\n"
    _check_body(files, name, "\n".join(lines[end + 1 :]), lines_above=end + 1)
    return PackagedLesson(
        key=known.own_key(head, "activity"),
        title=head.text("title"),
        minutes=minutes,
        requires=requires,
        objectives=known.declared(head, "objectives", known.objectives),
        sources=known.declared(head, "sources", known.sources),
        markdown=body,
    )


def _check_body(files: PackageFiles, name: str, body: str, lines_above: int) -> None:
    if not render_markdown(body).word_count:
        sentence = _("Bài học chưa có chữ: viết nội dung dưới phần đầu bài.")
        files.faults.add(name, lines_above, sentence)
    sentences = {
        Unkept.HTML: _("Bài học không dùng thẻ HTML: viết bằng Markdown."),
        Unkept.IMAGE: _("Bài học chưa dùng được hình: thay bằng chữ hoặc bảng."),
        Unkept.RELATIVE_LINK: _("Liên kết phải bắt đầu bằng https://, mailto: hoặc tel:."),
    }
    for line, kind in list_unkept(body):
        files.faults.add(name, line + lines_above, sentences[kind])


def _read_quiz(
    files: PackageFiles, name: str, requires: tuple[str, ...], known: Known, readers: Readers
) -> PackagedQuiz | None:
    fields = files.yaml(name)
    if fields is None:
        return None
    key = known.own_key(fields, "activity")
    title = fields.text("title")
    if not fields.values.get("questions"):
        fields.fault(_("Bài kiểm tra chưa có câu hỏi: thêm câu vào “questions”."), "questions")
    else:
        _check_questions(fields, known)
        reader = readers.get(ActivityKind.QUIZ)
        for path, sentence in reader(fields.values, known.objectives) if reader else ():
            fields.fault(sentence, *path)
    return PackagedQuiz(
        key=key,
        title=title,
        minutes=fields.whole("time_limit_minutes", 1, _LONGEST_QUIZ_MINUTES),
        requires=requires,
        definition=fields.values,
    )


def _check_questions(fields: Fields, known: Known) -> None:
    """Check what only the whole package can tell: ids unique in the course, sources declared.

    What one quiz can tell of itself is left to the reader of quizzes.
    """
    questions = fields.values["questions"]
    for question in fields.each("questions") if isinstance(questions, list) else ():
        key, source = question.values.get("id"), question.values.get("source")
        if isinstance(key, str):
            mine = (question.file, question.path, question.line_of("id"))
            first = known.places.setdefault(("question", key), mine)
            if first[0] != question.file:
                question.fault(_taken(key, first), "id")
        if isinstance(source, str) and source not in known.sources:
            question.fault(_undeclared(source), "source")
