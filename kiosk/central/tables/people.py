"""Staff accounts, their sign-ins, and the tokens of tools that act for the desk.

Responsible for: hashes, expiry, and how long a wrong password closes the door.
Not responsible for: comparing passwords (`kiosk.central.credentials`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from kiosk.central.schema import desk_sessions, desk_tokens, sign_in_tries, staff
from kiosk.central.tables.once import replace

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
STAY = timedelta(hours=1)
MOST_STAYS = 10
"""One click puts the end off by an hour, ten times (WCAG 2.2.1); no stolen cookie is good for longer."""
KEPT_FOR = timedelta(days=2)
"""What is over is remembered for a while: it proves that a form which comes too late came from our page."""
WARNED_BEFORE = timedelta(minutes=5)
"""How long before they are signed out somebody is told, so that one click keeps what was not yet sent."""


class Right(StrEnum):
    """What an account may do beyond the daily work; each is a column, and an option of add-staff."""

    PEOPLE = "people"
    SYSTEMS = "systems"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A signed-in member of staff, with the word that proves a form came from our own page.

    Attributes:
        rights: what their account was made for.
        leaves_soon: nothing was done for so long that they are signed out in a few minutes.
        ends_at: whatever they do, they are signed out then. may_stay: they may put it off.
    """

    name: str
    csrf: str
    ends_at: datetime
    rights: frozenset[Right] = frozenset()
    leaves_soon: bool = False
    may_stay: bool = False


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong passwords in a row, and when the next try is heard."""

    wrong: int
    open_at: datetime


def put_staff(
    connection: Connection, name: str, password_hash: str, at: datetime, *, rights: Collection[Right] = ()
) -> None:
    """Enter a member of staff, or give them a new password and rights; signed-in browsers are signed out."""
    given = {f"for_{right}": right in rights for right in Right}
    replace(connection, staff, "name", name=name, password=password_hash, made_at=at, **given)
    # After the account was locked by that: who is signing in just now is waited for, and signed out too.
    connection.execute(delete(desk_sessions).where(desk_sessions.c.name == name))


def remove_staff(connection: Connection, name: str) -> bool:
    """Take an account away and sign it out everywhere; False when nobody has the name."""
    locked = select(staff.c.name).where(staff.c.name == name).with_for_update()
    if connection.execute(locked).first() is None:
        return False
    connection.execute(delete(desk_sessions).where(desk_sessions.c.name == name))
    connection.execute(delete(staff).where(staff.c.name == name))
    return True


def names(connection: Connection) -> list[str]:
    """Return who has an account, in order."""
    return list(connection.execute(select(staff.c.name).order_by(staff.c.name)).scalars())


def password_hash(connection: Connection, name: str) -> str | None:
    """Return the hash of somebody's password, or None when nobody has the name."""
    return connection.execute(select(staff.c.password).where(staff.c.name == name)).scalar_one_or_none()


def anybody(connection: Connection) -> bool:
    """Say whether there is any staff account yet."""
    return connection.execute(select(staff.c.name).limit(1)).first() is not None


def still_has(connection: Connection, name: str, password_hash: str) -> bool:
    """Say whether somebody has this very password still; to the end of the transaction nobody changes it."""
    locked = select(staff.c.password).where(staff.c.name == name).with_for_update(read=True)
    return connection.execute(locked).scalar_one_or_none() == password_hash


def open_session(connection: Connection, name: str, token_hash: str, *, csrf: str, at: datetime) -> None:
    """Sign somebody in."""
    connection.execute(delete(desk_sessions).where(desk_sessions.c.made_at < at - KEPT_FOR))
    connection.execute(
        insert(desk_sessions).values(token_hash=token_hash, name=name, csrf=csrf, made_at=at, used_at=at)
    )


def session(connection: Connection, token_hash: str, at: datetime) -> DeskSession | None:
    """Return who is signed in, or None after an hour without use or twelve in all, and what was put off."""
    row = connection.execute(
        select(desk_sessions, *(staff.c[f"for_{right}"] for right in Right))
        .join(staff, staff.c.name == desk_sessions.c.name)
        .where(desk_sessions.c.token_hash == token_hash, desk_sessions.c.used_at > at - IDLE)
    ).one_or_none()
    if row is None:
        return None
    ends_at = row.made_at + LONGEST + row.stays * STAY
    if ends_at <= at:
        return None
    soon = row.used_at <= at - IDLE + WARNED_BEFORE
    rights = frozenset(right for right in Right if getattr(row, f"for_{right}"))
    may_stay = row.stays < MOST_STAYS
    return DeskSession(row.name, row.csrf, ends_at, rights, leaves_soon=soon, may_stay=may_stay)


def over(connection: Connection, token_hash: str) -> tuple[str, str] | None:
    """Return whose sign-in this was, and the word that proved its forms; None when it is long gone."""
    wanted = select(desk_sessions.c.name, desk_sessions.c.csrf).where(
        desk_sessions.c.token_hash == token_hash
    )
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (row.name, row.csrf)


def stay(connection: Connection, token_hash: str) -> None:
    """Put the end of a sign-in off by an hour, if that was not done too often."""
    connection.execute(
        update(desk_sessions)
        .where(desk_sessions.c.token_hash == token_hash, desk_sessions.c.stays < MOST_STAYS)
        .values(stays=desk_sessions.c.stays + 1)
    )


def used_session(connection: Connection, token_hash: str, at: datetime) -> None:
    """Remember that somebody did something; a page that refreshes itself does not count."""
    connection.execute(
        update(desk_sessions).where(desk_sessions.c.token_hash == token_hash).values(used_at=at)
    )


def close_session(connection: Connection, token_hash: str) -> None:
    """Sign somebody out."""
    connection.execute(delete(desk_sessions).where(desk_sessions.c.token_hash == token_hash))


def add_desk_token(connection: Connection, token_hash: str, label: str, ends_at: datetime) -> None:
    """Keep a tool's token."""
    connection.execute(insert(desk_tokens).values(token_hash=token_hash, label=label, ends_at=ends_at))


def desk_token_label(connection: Connection, token_hash: str, at: datetime) -> str | None:
    """Return the name of the tool that a token belongs to, or None when it is unknown or over."""
    wanted = (desk_tokens.c.token_hash == token_hash, desk_tokens.c.ends_at > at)
    return connection.execute(select(desk_tokens.c.label).where(*wanted)).scalar_one_or_none()


def tries(connection: Connection, bucket: int) -> Tries | None:
    """Return the wrong tries of a bucket of names."""
    row = connection.execute(select(sign_in_tries).where(sign_in_tries.c.bucket == bucket)).one_or_none()
    return None if row is None else Tries(row.wrong, row.open_at)


def put_tries(connection: Connection, bucket: int, now: Tries) -> None:
    """Keep the count; before the answer is given."""
    replace(connection, sign_in_tries, "bucket", bucket=bucket, wrong=now.wrong, open_at=now.open_at)


def forget_tries(connection: Connection, bucket: int) -> None:
    """Start to count from nothing."""
    connection.execute(delete(sign_in_tries).where(sign_in_tries.c.bucket == bucket))
