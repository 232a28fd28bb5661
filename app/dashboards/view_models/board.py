"""The trainer's board: one row a learner, one cell an activity.

The table is the largest page of the program, so that its rows are joined from prepared pieces of
HTML: a cell is known by its seven packed characters and made once. Everything a person wrote is
escaped here.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from app.cohorts.queries import SiteRow, StaffView
from app.core.clock import to_local
from app.core.formatting import local_time
from app.core.i18n import gettext as _
from app.core.markup import safe
from app.core.text import fold, is_name_like
from app.courses.queries import Outline
from app.dashboards.view_models.board_filter import BoardFilter
from app.progress.domain.cells import WIDTH, Cell, CellState, decode, decode_cell, pieces
from app.progress.domain.help import Need, Reason, need_of, typical_done
from app.progress.domain.rules import required_ordinals
from app.progress.queries import BoardRow


@dataclass(frozen=True, slots=True)
class Stats:
    """The class in four figures."""

    learners: int
    working: int
    finished: int
    absent: int
    in_need: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Rows of a board and what each of their learners needs."""

    rows: tuple[tuple[BoardRow, Need], ...]
    stats: Stats

    @classmethod
    def of(cls, rows: Sequence[BoardRow], rule: Sequence[int] | None, now: datetime) -> Standing:
        """Return the standing of a class; what the rule asks for decides who has finished."""
        asked = _asked_cells(rows, rule)
        typical = typical_done(sum(each.is_done for each in cells) for cells in asked)
        needs = [
            need_of(cells, row.active_at, now, typical=typical)
            for row, cells in zip(rows, asked, strict=True)
        ]
        reasons = [each.reason for each in needs]
        stats = Stats(
            learners=len(rows),
            working=sum(any(e.has_open_attempt for e in decode(row.cells)) for row in rows),
            finished=reasons.count(Reason.FINISHED),
            absent=reasons.count(Reason.ABSENT),
            in_need=sum(each.needs_help for each in reasons),
        )
        return cls(tuple(zip(rows, needs, strict=True)), stats)

    def shown(self, chosen: BoardFilter) -> tuple[tuple[BoardRow, Need], ...]:
        """Return the rows that the filter lets through, in no order."""
        asked = fold(chosen.name)
        if not asked:
            return self.rows
        return tuple(each for each in self.rows if is_name_like(each[0].full_name, asked))

    def sorted(self, chosen: BoardFilter) -> tuple[tuple[BoardRow, Need], ...]:
        """Return the rows to be shown, by given name or those who need help first."""
        rows = self.shown(chosen)
        if chosen.by_name:
            return tuple(sorted(rows, key=lambda each: (each[0].sort_key, each[0].number)))
        return tuple(
            sorted(
                rows,
                key=lambda each: (each[1].reason, each[1].weight, each[0].sort_key, each[0].number),
            )
        )


def _asked_cells(rows: Sequence[BoardRow], rule: Sequence[int] | None) -> list[tuple[Cell, ...]]:
    decoded = [decode(row.cells) for row in rows]
    if not decoded:
        return []
    required = required_ordinals(rule, len(decoded[0]))
    return [tuple(cells[ordinal] for ordinal in required) for cells in decoded]


def reason_words(reason: Reason) -> str:
    """Return why somebody stands where they stand, in a few words."""
    words = {
        Reason.FAILED: _("Chưa đạt"),
        Reason.STUCK: _("Dừng giữa bài"),
        Reason.ABSENT: _("Chưa bắt đầu"),
        Reason.BEHIND: _("Chậm hơn lớp"),
        Reason.WORKING: "",
        Reason.FINISHED: _("Hoàn thành"),
    }
    return words[reason]


def cell_text(cell: Cell) -> str:
    """Return the sign of a cell, the same on screen and in the file: ✓ 80, ✗ 30, 4/10, ·."""
    if cell.state is CellState.DONE:
        return "✓" if cell.percent is None else f"✓ {cell.percent}"
    if cell.state is CellState.FAILED:
        return f"✗ {cell.percent or 0}"
    if cell.has_open_attempt:
        return f"{cell.answered}/{cell.asked}"
    return "·"


@lru_cache(maxsize=8192)
def _cell_html(packed: str) -> str:
    cell = decode_cell(packed)
    kind = {CellState.DONE: ' ok"', CellState.FAILED: ' err"'}.get(cell.state)
    start = f'<td class="c{kind}>' if kind else "<td class=c>"
    return start + cell_text(cell)


def active_text(active_at: datetime | None, now: datetime) -> str:
    """Return when somebody last did something: the hour today, the day before."""
    if active_at is None:
        return ""
    local = to_local(active_at)
    if local.date() == to_local(now).date():
        return local_time(active_at)
    return local.strftime("%d/%m")


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes rows of one board as HTML."""

    slug: str
    now: datetime
    shows_names: bool
    shows_site: bool

    def html(self, row: BoardRow, need: Need) -> str:
        """Return one ``<tr>``; end tags that HTML lets out are left out."""
        cells = "".join(map(_cell_html, pieces(row.cells)))
        site = f"<td>{escape(row.site_name)}" if self.shows_site else ""
        total = len(row.cells) // WIDTH
        kind = " class=warn" if need.reason.needs_help else ""
        return (
            f"<tr id=r{row.number}><th scope=row>{self._who(row)}{site}"
            f"<td{kind}>{escape(reason_words(need.reason))}"
            f"<td class=c>{active_text(row.active_at, self.now)}"
            f"<td class=c>{row.done_count}/{total}{cells}"
        )

    def _who(self, row: BoardRow) -> str:
        if not self.shows_names:
            return str(escape(_("Số %(n)s", n=row.number)))
        return f"<a href=/teach/{self.slug}/learners/{row.number}>{escape(row.full_name)}</a>"


@dataclass(frozen=True, slots=True)
class StatsBox:
    """The figures above the table."""

    stats: Stats
    poll_url: str
    updated: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board of a cohort."""

    title: str
    language: str
    code: str
    url: str
    heads: tuple[str, ...]
    columns: int
    rows: Markup
    box: StatsBox
    sites: tuple[tuple[int, str], ...]
    filter: BoardFilter
    shows_site: bool
    switch_url: str
    file_url: str
    questions_url: str

    @classmethod
    def of(
        cls,
        cohort: StaffView,
        outline: Outline,
        standing: Standing,
        sites: Sequence[SiteRow],
        chosen: BoardFilter,
        *,
        cursor: int,
        members: str,
        now: datetime,
    ) -> BoardPage:
        """Return the page; ``sites`` are those the reader may choose among."""
        url = f"/teach/{cohort.slug}"
        shows_site = len(sites) > 1 and not chosen.site
        writer = RowWriter(cohort.slug, now, chosen.shows_names, shows_site)
        html = "\n".join(writer.html(row, need) for row, need in standing.sorted(chosen))
        other = replace(chosen, shows_names=not chosen.shows_names, name="")
        return cls(
            title=cohort.title,
            language=outline.language,
            code=cohort.code,
            url=url,
            heads=tuple(each.title for each in outline.activities),
            columns=len(outline.activities) + (5 if shows_site else 4),
            rows=safe(html),
            box=stats_box(
                cohort.slug, standing.stats, chosen, cursor=cursor, members=members, now=now
            ),
            sites=tuple((place, each.name) for place, each in enumerate(sites, start=1)),
            filter=chosen,
            shows_site=shows_site,
            switch_url=url + other.query(),
            file_url=f"{url}/board.xlsx",
            questions_url=f"{url}/questions",
        )


def stats_box(
    slug: str, stats: Stats, chosen: BoardFilter, *, cursor: int, members: str, now: datetime
) -> StatsBox:
    """Return the figures with the address that asks for what changes from now on.

    :param members: who stands on the page, see ``progress.queries.members_of``
    """
    poll_url = f"/teach/{slug}/changes{chosen.query(since=cursor, members=members)}"
    return StatsBox(stats, poll_url, local_time(now))


@dataclass(frozen=True, slots=True)
class ChangesPart:
    """What a poll sends: the figures, the new cursor and the rows that changed."""

    box: StatsBox
    rows: tuple[tuple[int, Markup], ...]

    @classmethod
    def of(
        cls,
        slug: str,
        standing: Standing,
        changed: frozenset[uuid.UUID],
        chosen: BoardFilter,
        *,
        shows_site: bool,
        cursor: int,
        members: str,
        now: datetime,
    ) -> ChangesPart:
        """Return the rows of the enrolments in ``changed``, in no order: the page keeps its own."""
        writer = RowWriter(slug, now, chosen.shows_names, shows_site)
        return cls(
            stats_box(slug, standing.stats, chosen, cursor=cursor, members=members, now=now),
            tuple(
                (row.number, safe(writer.html(row, need)))
                for row, need in standing.shown(chosen)
                if row.enrolment_id in changed
            ),
        )
