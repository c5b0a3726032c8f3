"""The audit is a chain: whoever changes, takes out or puts in a row is found out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, text

from kiosk.central import chain
from kiosk.central.command import main
from kiosk.central.tables import journal

if TYPE_CHECKING:
    from tests.central.room import Central


def write(central: Central, subject: str) -> None:
    central.ground.database.write_now(
        lambda c: journal.staff_did(c, central.clock.now, "staff Ada", "tried", subject)
    )


def links(central: Central) -> list[chain.Link]:
    return central.ground.database.write_now(lambda c: list(journal.links(c)))


def verify(central: Central) -> int:
    return main(["--database", central.ground.settings.database, "audit", "verify"])


def unguarded(connection: Connection, sql: str) -> None:
    """Change what the database guards, as somebody would who owns it."""
    act = sql.split(maxsplit=1)[0]
    on = " ON audit" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TRIGGER audit_{act}{on}"))
    connection.execute(text(sql))


def test_an_untouched_audit_holds(central: Central, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        write(central, f"subject {number}")
    assert verify(central) == 0
    assert f"5 {links(central)[-1].hash}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("UPDATE audit SET subject = 'another' WHERE seq = 3", 3),
        ("UPDATE audit SET actor = 'staff Eve' WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 1", 1),
    ],
)
def test_a_row_that_was_changed_or_taken_out_is_found(
    central: Central, capsys: pytest.CaptureFixture[str], sql: str, row: int
) -> None:
    for number in range(5):
        write(central, f"subject {number}")
    central.ground.database.write_now(lambda c: unguarded(c, sql))
    assert verify(central) == 1
    assert f"row {row}" in capsys.readouterr().err


def test_an_audit_cut_at_its_end_is_found_by_the_word_kept_elsewhere(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        write(central, f"subject {number}")
    last = links(central)[-1]
    central.ground.database.write_now(lambda c: unguarded(c, "DELETE FROM audit WHERE seq = 5"))
    assert verify(central) == 0
    where = ["--database", central.ground.settings.database]
    assert main([*where, "audit", "verify", "--expect", f"{last.seq}:{last.hash}"]) == 1
    assert "CENTRAL-061" in capsys.readouterr().err


def test_acts_at_the_same_time_make_one_chain(central: Central) -> None:
    portal = central.browser.portal
    assert portal is not None

    def act(number: int) -> Any:
        work = central.ground.database.write
        return portal.call(
            work, lambda c: journal.staff_did(c, central.clock.now, "staff Ada", "tried", str(number))
        )

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(40)))
    found = links(central)
    assert len(found) == 40
    assert chain.first_break(found) is None
