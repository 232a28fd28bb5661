"""The board as an Excel file, from plain values."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.deferred import Deferred

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Deferred("xlsxwriter")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One learner: ``number`` of the list, texts, then one text or number (percent) a column."""

    number: int
    texts: tuple[str, ...]
    cells: tuple[str | int, ...]
    done: int
    last: str


def draw_sheet(
    title: str,
    heads: Sequence[str],
    rows: Sequence[SheetRow],
    *,
    sheet_name: str,
    made_at: datetime,
) -> bytes:
    """Return the file: every text is typed as text, so that nothing a person wrote is a formula.

    :param heads: of all columns, in the order number, texts, cells, done, last
    :param made_at: stands in the file's properties; the same values give the same sheet
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
    sheet = workbook.add_worksheet(sheet_name)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = workbook.add_format({"border": 1})
    sheet.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
    for column, head in enumerate(heads):
        sheet.write_string(2, column, head, bold)
    for line, row in enumerate(rows, start=3):
        values: list[str | int] = [row.number, *row.texts, *row.cells, row.done, row.last]
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(line, column, value, plain)
            else:
                sheet.write_string(line, column, value, plain)
    sheet.freeze_panes(3, 2)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 4, 22)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    workbook.close()
    return buffer.getvalue()
