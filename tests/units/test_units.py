"""Units that come and go, and who works where."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from app.audit import queries as audit
from app.core.db import transaction
from app.core.errors import AppError, NotFoundError
from app.units import commands, queries
from app.units.errors import (
    BadUnitNameError,
    MembershipOverlapsError,
    UnitEndedError,
    WrongSuccessorError,
)
from app.units.models import Membership, Unit
from tests.factories import make_user

MERGED = date(2025, 6, 30)
NOW = date(2026, 11, 23)


def make_unit(name: str = "Sở Thông tin và Truyền thông", **details: object) -> Unit:
    with transaction():
        return commands.create_unit(name=name, **details)


def join(
    user_id: uuid.UUID, unit: Unit, from_on: date, position: str = "Chuyên viên"
) -> Membership:
    with transaction():
        return commands.add_membership(
            user_id=user_id, unit_id=unit.id, from_on=from_on, position=position
        )


def test_a_merged_unit_ends_and_keeps_its_name():
    old = make_unit(valid_from_on=date(2008, 1, 1))
    new = make_unit("Sở Khoa học và Công nghệ", valid_from_on=date(2025, 3, 1))
    with transaction():
        commands.end_unit(unit_id=old.id, ended_on=MERGED, successor_id=new.id)
    kept = queries.get_unit(old.id)
    assert (kept.name, kept.successor_id) == ("Sở Thông tin và Truyền thông", new.id)
    assert [each.name for each in queries.list_units(on=MERGED)] == [new.name, old.name]
    assert [each.name for each in queries.list_units(on=NOW)] == [new.name]
    assert [each.action for each in audit.list_about(str(old.id))] == ["UnitEnded"]


def test_a_unit_ends_once_and_not_before_it_began():
    unit = make_unit(valid_from_on=date(2008, 1, 1))
    with pytest.raises(UnitEndedError), transaction():
        commands.end_unit(unit_id=unit.id, ended_on=date(2007, 12, 31))
    with transaction():
        commands.end_unit(unit_id=unit.id, ended_on=MERGED)
    with pytest.raises(UnitEndedError), transaction():
        commands.end_unit(unit_id=unit.id, ended_on=NOW)


def test_no_unit_follows_itself_not_even_by_way_of_others():
    first, second = make_unit("Sở A"), make_unit("Sở B")
    with pytest.raises(WrongSuccessorError), transaction():
        commands.end_unit(unit_id=first.id, ended_on=MERGED, successor_id=first.id)
    with transaction():
        commands.end_unit(unit_id=first.id, ended_on=MERGED, successor_id=second.id)
    with pytest.raises(WrongSuccessorError), transaction():
        commands.end_unit(unit_id=second.id, ended_on=MERGED, successor_id=first.id)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_unit_needs_a_name(name: str):
    with pytest.raises(BadUnitNameError) as raised:
        make_unit(name)
    assert isinstance(raised.value, AppError)


def test_a_parent_must_exist():
    with pytest.raises(NotFoundError):
        make_unit("Phòng Văn hóa - Xã hội", parent_id=uuid.uuid4())


def test_a_unit_is_found_without_tone_marks_but_never_by_chance():
    thinh = make_unit("UBND xã Đức Thịnh")
    assert queries.find_unit("ubnd xa duc thinh", on=NOW) is not None
    make_unit("UBND xã Đức Thình")
    assert queries.find_unit("ubnd xa duc thinh", on=NOW) is None
    found = queries.find_unit(" UBND xã  Đức Thịnh", on=NOW)
    assert found is not None
    assert found.id == thinh.id
    assert queries.find_unit("Sở nào đó", on=NOW) is None


def test_the_same_name_under_two_parents_needs_the_parent():
    parents = [make_unit(f"UBND xã {name}") for name in ("Bình Minh", "Tân Lập")]
    rooms = [make_unit("Phòng Văn hóa - Xã hội", parent_id=each.id) for each in parents]
    assert queries.find_unit("Phòng Văn hóa - Xã hội", on=NOW) is None
    found = queries.find_unit("Phòng Văn hóa - Xã hội", on=NOW, parent_id=parents[1].id)
    assert found is not None
    assert found.id == rooms[1].id


def test_a_new_place_of_work_ends_the_old_the_day_before():
    user, old, new = make_user(), make_unit("Sở A"), make_unit("Sở B")
    join(user.id, old, date(2020, 1, 1), "Phóng viên")
    join(user.id, new, date(2025, 7, 1), "Biên tập viên")

    def place(on: date) -> tuple[str, str] | None:
        found = queries.current_membership(user.id, on)
        return (found.unit_name, found.position) if found else None

    assert place(date(2019, 12, 31)) is None
    assert place(date(2025, 6, 30)) == ("Sở A", "Phóng viên")
    assert place(date(2025, 7, 1)) == ("Sở B", "Biên tập viên")
    assert place(NOW) == ("Sở B", "Biên tập viên")


def test_the_same_place_is_not_written_twice():
    user, unit = make_user(), make_unit()
    first = join(user.id, unit, date(2020, 1, 1))
    assert join(user.id, unit, date(2024, 1, 1)).id == first.id


def test_places_of_work_do_not_overlap():
    user, old, new = make_user(), make_unit("Sở A"), make_unit("Sở B")
    join(user.id, old, date(2020, 1, 1))
    with pytest.raises(MembershipOverlapsError):
        join(user.id, new, date(2020, 1, 1))
    with pytest.raises(MembershipOverlapsError):
        join(user.id, new, date(2019, 1, 1))


def test_nobody_joins_a_unit_that_has_ended():
    user, unit = make_user(), make_unit()
    with transaction():
        commands.end_unit(unit_id=unit.id, ended_on=MERGED)
    with pytest.raises(UnitEndedError):
        join(user.id, unit, NOW)
