"""Facts that travel up: a feature announces what happened, higher features act on it.

Subscribers run at once, inside the transaction of the command that announced the fact; if one
fails, nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense, with ids and plain values only.

    ``audited`` facts are written to the audit log; ``subject`` names the field that says about
    whom or what the fact is.
    """

    audited: ClassVar[bool] = False
    subject: ClassVar[str] = ""

    def values(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


E = TypeVar("E", bound=Event)


class EventBus:
    """Who wants to know what; one bus per application."""

    def __init__(self) -> None:
        self._subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)

    def subscribe(self, event_type: type[E], subscriber: Callable[[E], None]) -> None:
        """Call ``subscriber`` for each event of that type (``Event`` itself: for every event)."""
        self._subscribers[event_type].append(subscriber)

    def publish(self, event: Event) -> None:
        """Tell the subscribers of the event's type, then those of every event."""
        for subscriber in self._subscribers.get(type(event), ()):
            subscriber(event)
        for subscriber in self._subscribers.get(Event, ()):
            subscriber(event)


def bus_of(app: Flask) -> EventBus:
    """Return the event bus of an application, made on first use."""
    bus: EventBus = app.extensions.setdefault("event_bus", EventBus())
    return bus


def publish(event: Event) -> None:
    """Announce a fact to the present application."""
    bus_of(current_app).publish(event)
