"""First-run set-up: the account that opens everything else."""

from __future__ import annotations

import pytest

from app.auth.commands import prove_password
from app.auth.errors import UsernameTakenError
from app.auth.models import Role
from app.core.clock import utc_now
from app.core.db import transaction
from seed.demo import create_first_officer

PASSWORD = "chi-dung-mot-lan-38"


def make_first_officer() -> None:
    with transaction():
        officer = create_first_officer(
            username="canbo", full_name="Lê Thị Ánh", password=PASSWORD, created_at=utc_now()
        )
    assert officer.must_change_password
    assert officer.roles == Role.OFFICER


def test_the_first_officer_signs_in_with_a_password_that_must_be_changed():
    make_first_officer()
    tried = prove_password(login="canbo", password=PASSWORD, address="127.0.0.1", at=utc_now())
    assert tried.is_right


def test_setting_up_again_is_refused():
    make_first_officer()
    with pytest.raises(UsernameTakenError):
        make_first_officer()
