"""Addresses that events are sent to: made, paused, tried again and removed, at the console and at the desk.

Responsible for: what a label and an address must be, and that each act is in the audit.
Not responsible for: sending (`kiosk.central.webhooks`), or rows (`kiosk.central.tables.webhooks`).
"""

import json
import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.central.outside_line import where
from kiosk.central.settings import Chance
from kiosk.central.tables import effects, journal
from kiosk.central.tables import webhooks as rows
from kiosk.central.tables.effects import Effect, State
from kiosk.central.webhooks import KIND, make_secret
from kiosk.errors import UsageError

LABEL = re.compile("[A-Za-z0-9][A-Za-z0-9-]{0,39}")
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """An endpoint, and how many events wait for it or could not be handed on; of many, the oldest alone."""

    endpoint: rows.Endpoint
    waiting: int
    dead: int


def checked_label(label: str) -> str:
    """Return a label as it was given.

    Raises:
        UsageError: it cannot be one.
    """
    if not LABEL.fullmatch(label):
        raise UsageError(
            "CENTRAL-040",
            "A label has letters without accents, digits and hyphens, at most 40.",
            "Give a label such as crm.",
            "LABEL",
        )
    return label


def add(
    connection: Connection, chance: Chance, label: str, url: str, *, actor: str, allow_private: bool
) -> str:
    """Send events to an address from now on; return the secret, which is shown once.

    Raises:
        UsageError: label or address cannot be used, or there is or was such a label.
    """
    checked_label(label)
    where(url, allow_private=allow_private)
    secret, now = make_secret(chance.random_bytes), chance.now()
    if not rows.add(connection, label, url, secret, now):
        raise UsageError(
            "CENTRAL-046", "There is, or was, a webhook of this label.", "Give another.", "LABEL"
        )
    journal.staff_did(connection, now, actor, "webhook-added", label)
    return secret


def end(connection: Connection, chance: Chance, label: str, actor: str) -> None:
    """Send nothing there any more, and forget the secret.

    Raises:
        UsageError: there is no such endpoint.
    """
    if not rows.end(connection, label, chance.now()):
        raise _unknown()
    journal.staff_did(connection, chance.now(), actor, "webhook-ended", label)


def pause(connection: Connection, chance: Chance, label: str, actor: str) -> None:
    """Send nothing there for now; what happens is kept for it.

    Raises:
        UsageError: there is no such endpoint.
    """
    if not rows.pause(connection, label, chance.now()):
        raise _unknown()
    journal.staff_did(connection, chance.now(), actor, "webhook-paused", label)


def resume(connection: Connection, chance: Chance, label: str, actor: str) -> None:
    """Go on, at once with what was kept.

    Raises:
        UsageError: there is no such endpoint.
    """
    if not rows.pause(connection, label, None):
        raise _unknown()
    journal.staff_did(connection, chance.now(), actor, "webhook-resumed", label)
    effects.hasten(connection, [each.effect_id for each in _unsent(connection, label)], chance.now())


def retry(connection: Connection, chance: Chance, label: str, actor: str) -> None:
    """Try at once what waits for an endpoint or could not be handed on to it.

    Raises:
        UsageError: there is no such endpoint.
    """
    if rows.one(connection, label) is None:
        raise _unknown()
    journal.staff_did(connection, chance.now(), actor, "webhook-retried", label)
    effects.hasten(connection, [each.effect_id for each in _unsent(connection, label)], chance.now())


def standings(connection: Connection) -> tuple[Standing, ...]:
    """Return every endpoint and what waits for it, by label."""
    counted = Counter(
        (_label(each), each.state is State.DEAD) for each in effects.unsent(connection, KIND, MOST_COUNTED)
    )
    return tuple(
        Standing(each, counted[each.label, False], counted[each.label, True])
        for each in rows.every(connection)
    )


def _unsent(connection: Connection, label: str) -> list[Effect]:
    return [each for each in effects.unsent(connection, KIND, MOST_COUNTED) if _label(each) == label]


def _label(effect: Effect) -> str:
    return str(json.loads(effect.payload)["label"])


def _unknown() -> UsageError:
    return UsageError("CENTRAL-047", "No webhook has this label.", "Look: kiosk central webhooks.", "LABEL")
