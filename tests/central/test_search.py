"""Cases are found by the beginning of their reference, on a server through an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event, text

from kiosk.central.database import open_database
from kiosk.central.tables import cases
from tests.central.room import case_item

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection

    from tests.central.cluster import Cluster
    from tests.central.room import Central


def test_the_beginning_of_a_reference_finds_it_in_either_case_of_letters(central: Central) -> None:
    central.pair()
    central.deliver(case_item(reference="K7-3042-X"), case_item(reference="K8-3042-X"))
    for begins in ("k7", "K7-30", "k7-3042-x"):
        found = central.ground.database.write_now(lambda c, b=begins: cases.latest(c, 10, b))  # type: ignore[misc]
        assert [each.reference for each in found] == ["K7-3042-X"], begins
    for nothing in ("%", "K_", "7-3042"):
        found = central.ground.database.write_now(lambda c, b=nothing: cases.latest(c, 10, b))  # type: ignore[misc]
        assert found == (), nothing


def test_a_server_finds_a_reference_through_its_index(cluster: Cluster, template: str) -> None:
    name = cluster.new_database(template)
    database = open_database(cluster.address(name))
    try:
        plan = "\n".join(database.write_now(lambda c: plan_of(c, "K7-30")))
    finally:
        database.close_now()  # type: ignore[attr-defined]
        cluster.drop(name)
    assert "ix_cases_reference_sought" in plan


def plan_of(connection: Connection, reference: str) -> list[str]:
    """Return how the server would look, were looking through all rows not allowed."""
    asked: list[tuple[str, Any]] = []
    connection.execute(text("SET LOCAL enable_seqscan = off"))

    def listen(_c: Any, _cursor: Any, sql: str, given: Any, _context: Any, _many: bool) -> None:
        asked.append((sql, given))

    event.listen(connection, "before_cursor_execute", listen)
    cases.latest(connection, 10, reference)
    event.remove(connection, "before_cursor_execute", listen)
    sql, given = asked[0]
    return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {sql}", given)]
