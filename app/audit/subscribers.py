"""Write down every fact that says of itself that it is audited."""

from __future__ import annotations

from app.audit import commands
from app.auth.session import find_current_user
from app.core.clock import utc_now
from app.core.events import Event


def note(event: Event) -> None:
    """Append the fact to the log, in the transaction that made it.

    The actor is who is signed in; None means that nobody was (signing in, the command line).
    """
    if not event.audited:
        return
    user = find_current_user()
    values = event.values()
    about = values.get(event.subject)
    commands.append_entry(
        action=type(event).__name__,
        subject="" if about is None else str(about),
        detail=values,
        actor_id=user.id if user else None,
        happened_at=utc_now(),
    )
