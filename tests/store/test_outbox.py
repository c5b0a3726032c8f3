"""The outbox against a model of it, in any order of events."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.core.sync import ErrorClass
from kiosk.ports import Accepted, Parked, RetryLater
from kiosk.store import Store
from tests.store.making import NOON, draft, open_in, ticket


class OutboxStory(RuleBasedStateMachine):
    """Save, send, refuse, release and restart; the model is a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = open_in(Path(self.folder.name))
        self.state: dict[str, str] = {}
        self.attempts: dict[str, int] = {}
        self.bodies: dict[str, bytes] = {}

    @rule()
    def save(self) -> None:
        name = f"c{len(self.state)}"
        self.store.save(draft(name), ticket, NOON)
        self.state[name], self.attempts[name] = "waiting", 0

    @rule(data=st.data())
    def save_again(self, data: st.DataObject) -> None:
        if self.state:
            self.store.save(draft(data.draw(st.sampled_from(sorted(self.state)))), ticket, NOON)

    @rule(data=st.data(), word=st.sampled_from(["accepted", "parked", "later"]))
    def settle(self, data: st.DataObject, word: str) -> None:
        if not self.state:
            return
        name = data.draw(st.sampled_from(sorted(self.state)))
        was = self.state[name]
        match word:
            case "accepted":
                self.store.outbox.settle([Accepted(name, "central")], NOON)
                self.state[name] = "accepted"
            case "parked":
                self.store.outbox.settle([Parked(name, ErrorClass.INVALID, "no")], NOON)
                self.state[name] = was if was == "accepted" else "parked"
            case _:
                self.store.outbox.settle([RetryLater(name, ErrorClass.TRANSIENT)], NOON)
        if was == "waiting" or (word != "later" and was == "parked"):
            self.attempts[name] += 1

    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        if self.state:
            name = data.draw(st.sampled_from(sorted(self.state)))
            released = self.store.unpark(name, NOON)
            assert released == (self.state[name] == "parked")
            if released:
                self.state[name], self.attempts[name] = "waiting", 0

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_in(Path(self.folder.name))

    @invariant()
    def waiting_goes_out_fresh_first_with_the_same_bytes(self) -> None:
        parcels = self.store.outbox.next_parcels(1000)
        waiting = [name for name, state in self.state.items() if state == "waiting"]
        assert [p.key for p in parcels] == sorted(waiting, key=lambda n: (self.attempts[n], int(n[1:])))
        for parcel in parcels:
            assert self.bodies.setdefault(parcel.key, parcel.body) == parcel.body
        assert [p.key for p in self.store.outbox.next_parcels(2)] == [p.key for p in parcels[:2]]

    @invariant()
    def nothing_is_lost_or_counted_twice(self) -> None:
        assert {line.case_id: line.delivery for line in self.store.cases()} == self.state
        depth = self.store.outbox.depth()
        states = list(self.state.values())
        assert (depth.waiting, depth.parked) == (states.count("waiting"), states.count("parked"))

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


OutboxStory.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestOutboxStory = pytest.mark.timeout(60)(OutboxStory.TestCase)
