"""How long one waits after failures."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.auth.domain.throttle import ACCOUNT, ACCOUNT_FROM_ADDRESS, ADDRESS, Allowance, site_of

NOTHING = timedelta(0)


def test_a_few_slips_of_the_finger_cost_nothing():
    assert [ACCOUNT_FROM_ADDRESS.wait(count) for count in range(5)] == [NOTHING] * 5


def test_the_wait_doubles_and_then_stays():
    second = timedelta(seconds=1)
    waits = [ACCOUNT_FROM_ADDRESS.wait(count) // second for count in range(5, 12)]
    assert waits == [30, 60, 120, 240, 480, 900, 900]


@given(st.integers(0, 10_000))
def test_one_more_failure_never_shortens_the_wait(count: int):
    for allowance in (ACCOUNT_FROM_ADDRESS, ACCOUNT, ADDRESS):
        assert (
            NOTHING <= allowance.wait(count) <= allowance.wait(count + 1) <= allowance.longest_wait
        )


def test_an_address_allows_a_hall_to_fail():
    assert ADDRESS.wait(120) == NOTHING
    assert ADDRESS.wait(121) > NOTHING


def test_failures_are_forgiven_one_by_one():
    assert ACCOUNT_FROM_ADDRESS.failures_after(6, timedelta(minutes=14)) == 6
    assert ACCOUNT_FROM_ADDRESS.failures_after(6, timedelta(minutes=31)) == 4
    assert ACCOUNT_FROM_ADDRESS.failures_after(6, timedelta(days=1)) == 0
    assert ACCOUNT_FROM_ADDRESS.failures_after(6, timedelta(seconds=-1)) == 6


def guesses_of_a_day(allowance: Allowance) -> int:
    """Return how often one can fail within a day, trying again as soon as it is open."""
    now, failures, last, guesses = NOTHING, 0, NOTHING, 0
    while now < timedelta(days=1):
        failures = allowance.failures_after(failures, now - last) + 1
        last, guesses = now, guesses + 1
        now += max(allowance.wait(failures), timedelta(seconds=1))
    return guesses


def test_a_patient_guesser_gets_about_a_hundred_guesses_a_day():
    assert guesses_of_a_day(ACCOUNT_FROM_ADDRESS) <= 110


def test_a_guesser_with_many_addresses_gets_some_eight_hundred_a_day():
    assert guesses_of_a_day(ACCOUNT) <= 800


def test_one_ipv6_site_counts_as_one_address():
    assert site_of("2001:db8:1:2:3::4") == site_of("2001:db8:1:2:ffff::1")
    assert site_of("2001:db8:1:3::4") != site_of("2001:db8:1:2::4")
    assert site_of("::ffff:203.0.113.5") == "203.0.113.5"
    assert site_of("203.0.113.5") == "203.0.113.5"
    assert site_of("") == ""
