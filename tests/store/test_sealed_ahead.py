"""What a visitor is about to send is sealed while they read it: in memory, for that alone, no longer."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core import events as e
from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.sealing import CouncilKey, SealedDraft
from kiosk.store import Store, open_store, payload
from tests.store.dark_terminal import Terminal
from tests.store.making import COUNCIL_KEY, NOON, draft, opened, settings, ticket

SHORT = (e.LanguageChosen("en"), e.GroupChosen("bins"), e.ServiceChosen("missed-bin"))
BROWN = (e.OptionTouched("which-bin", "brown"), e.Continued("which-bin"))
GREEN = (e.OptionTouched("which-bin", "green"), e.Continued("which-bin"))


@pytest.fixture
def terminal(store: Store) -> Iterator[Terminal]:
    made = Terminal(store)
    yield made
    made.errands.close()


@pytest.fixture
def seals(monkeypatch: pytest.MonkeyPatch) -> list[CaseDraft]:
    """All drafts that are sealed, each time they are."""
    made: list[CaseDraft] = []
    really = payload.sealed

    def sealed(draft: CaseDraft, key: CouncilKey, terminal: str) -> SealedDraft:
        made.append(draft)
        return really(draft, key, terminal)

    monkeypatch.setattr(payload, "sealed", sealed)
    return made


def kept(store: Store) -> list[tuple[str, object]]:
    """Return what central will read: which visit, and what was said in it."""
    return [(p.case_id, opened(p.body)["answers"]) for p in store.outbox.next_parcels(9)]


def test_what_is_sealed_on_the_review_is_what_is_sent(terminal: Terminal, seals: list[CaseDraft]) -> None:
    terminal.touch(*SHORT, *BROWN)
    ahead = terminal.ready()
    assert ahead is not None
    terminal.touch(e.Sent())
    assert terminal.ready() is None, "it is gone with the case that it belongs to"
    assert len(seals) == 1
    [parcel] = terminal.store.outbox.next_parcels(9)
    assert parcel.body.startswith(ahead.body)
    assert opened(parcel.body)["answers"] == {"which-bin": "brown"}


def test_nothing_is_on_the_disk_before_the_visitor_sends(terminal: Terminal, tmp_path: Path) -> None:
    terminal.touch(*SHORT)
    before = files(tmp_path)
    terminal.touch(*BROWN)
    assert terminal.ready() is not None
    assert files(tmp_path) == before


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def test_a_changed_answer_is_sealed_anew_and_the_old_seal_is_gone(
    terminal: Terminal, seals: list[CaseDraft]
) -> None:
    terminal.touch(*SHORT, *BROWN)
    terminal.touch(e.ChangeAsked("which-bin"))
    assert terminal.ready() is None
    terminal.touch(*GREEN)
    terminal.touch(e.Sent())
    terminal.ready()
    assert [each.answers["which-bin"] for each in seals] == ["brown", "green"]
    assert kept(terminal.store) == [("visit-1", {"which-bin": "green"})]


def test_another_language_is_sealed_anew_at_once(terminal: Terminal, seals: list[CaseDraft]) -> None:
    terminal.touch(*SHORT, *BROWN, e.LanguageChosen("cy"), e.Sent())
    terminal.ready()
    assert [each.language for each in seals] == ["en", "cy"]
    [parcel] = terminal.store.outbox.next_parcels(9)
    assert opened(parcel.body)["language"] == "cy"


@pytest.mark.parametrize("leaving", [e.Left(), e.WentBack(), e.Failed("X")], ids=["left", "back", "fault"])
def test_whoever_goes_leaves_no_seal_behind(terminal: Terminal, leaving: e.Event) -> None:
    terminal.touch(*SHORT, *BROWN)
    assert terminal.ready() is not None
    terminal.touch(leaving)
    assert terminal.ready() is None
    assert terminal.conductor._in_hand is None
    gc.collect()
    assert not [one for one in gc.get_objects() if type(one) is SealedDraft]


def test_the_next_visitor_is_never_given_what_was_sealed_for_another(terminal: Terminal) -> None:
    terminal.touch(*SHORT, *BROWN, e.Left())
    terminal.touch(*SHORT, *GREEN, e.Sent())
    terminal.ready()
    assert kept(terminal.store) == [("visit-2", {"which-bin": "green"})]


def test_a_conductor_that_forgets_to_forget_is_found(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutant keeps the seal of whoever went."""
    ahead = terminal.errands.seal_ahead
    monkeypatch.setattr(terminal.errands, "seal_ahead", lambda draft: ahead(draft) if draft else None)
    terminal.touch(*SHORT, *BROWN, e.Left())
    assert terminal.ready() is not None


def is_used(store: Store, ready: SealedDraft, sent: CaseDraft) -> bool:
    store.save(sent, ticket, NOON, ready=ready)
    parcel = store.outbox.next_parcels(9)[-1]
    return parcel.body.startswith(ready.body)


CHANGES: dict[str, Callable[[CaseDraft], CaseDraft]] = {
    "visit": lambda sent: replace(sent, case_id=CaseId("another")),
    "service": lambda sent: replace(sent, service="another"),
    "answer": lambda sent: replace(sent, answers={"bin": "green"}),
    "language": lambda sent: replace(sent, language="cy"),
    "appointment": lambda sent: replace(sent, appointment_id="another"),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_a_seal_of_anything_else_is_not_used(
    store: Store, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if changed == "appointment":
        monkeypatch.setattr("kiosk.store.appointments.check_in", lambda *_: None)
    ready = store.seal(draft("c1"), NOON)
    assert not is_used(store, ready, CHANGES[changed](draft("c1")))


def test_a_seal_is_used_for_the_very_same(store: Store) -> None:
    assert is_used(store, store.seal(draft("c1"), NOON), draft("c1"))


def test_a_store_that_takes_any_seal_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant does not look whose seal it is: another answer than the visitor's last one is kept."""
    monkeypatch.setattr(SealedDraft, "is_of", lambda *_: True)
    assert is_used(store, store.seal(draft("c1"), NOON), CHANGES["answer"](draft("c1")))


def test_a_seal_to_a_key_that_is_no_longer_preferred_is_made_again(tmp_path: Path) -> None:
    keys = [COUNCIL_KEY]
    store = open_store(settings(tmp_path, council_keys=lambda: tuple(keys)), NOON).store
    ready = store.seal(draft("c1"), NOON)
    keys.insert(0, replace(COUNCIL_KEY, key_id="newer"))
    assert not is_used(store, ready, draft("c1"))
    store.close()
