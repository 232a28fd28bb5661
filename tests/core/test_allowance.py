"""How often somebody may fail."""

from datetime import UTC, datetime, timedelta

from app.core.allowance import Allowance, address_key

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_failures_are_let_pass_until_none_is_left_and_come_back_with_time():
    allowance = Allowance(most=3, per_minute=60)
    assert [allowance.spend("a", NOON) for _each in range(5)] == [0, 0, 0, 1, 1]
    assert allowance.spend("b", NOON) == 0
    assert allowance.spend("a", NOON + timedelta(seconds=1)) == 0
    assert allowance.spend("a", NOON + timedelta(seconds=1)) == 1
    assert [allowance.spend("a", NOON + timedelta(hours=1)) for _each in range(4)] == [0, 0, 0, 1]


def test_a_clock_that_goes_back_takes_nothing_away():
    allowance = Allowance(most=2, per_minute=60)
    assert allowance.spend("a", NOON) == 0
    assert allowance.spend("a", NOON - timedelta(hours=1)) == 0


def test_only_so_many_addresses_are_remembered():
    allowance = Allowance(most=1, per_minute=1, keys=2)
    for key in ("a", "b", "c"):
        allowance.spend(key, NOON)
    assert allowance.spend("c", NOON) > 0
    assert allowance.spend("a", NOON) == 0


def test_an_ipv6_subscriber_is_one_address():
    assert address_key("2001:db8::1") == address_key("2001:db8::ffff") == "2001:db8::/64"
    assert address_key("192.0.2.7") == "192.0.2.7"
    assert address_key(None) == address_key("nonsense") == "unknown"
