"""Tables as XLSX files: a text stays a text, loses no zero and becomes no formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from app.core.deferred import Deferred

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = Deferred("xlsxwriter")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in characters."""

    heading: str
    width: int


def make_sheet(
    *, name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> bytes:
    """Return a workbook of one sheet: the title, the headings, the rows.

    :param name: of the sheet, at most 31 characters
    """
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name[:31])
        heading = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "valign": "top"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 0)
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        for x, column in enumerate(columns):
            sheet.set_column(x, x, column.width)
            sheet.write_string(2, x, column.heading, heading)
        for y, row in enumerate(rows, start=3):
            for x, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(y, x, value, day)
                elif isinstance(value, int):
                    sheet.write_number(y, x, value, cell)
                else:
                    sheet.write_string(y, x, value or "", cell)
    return file.getvalue()
