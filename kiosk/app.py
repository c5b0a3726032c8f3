"""The composition root: the one place that knows every adapter.

Responsible for: building a terminal from its settings, starting it, and letting it go in order.
Not responsible for: deciding anything (`kiosk.core`), or reading settings (`kiosk.settings`).
"""

import os
import random
import secrets
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from devices.catalogue import layout_names, profile_names, reader_kinds, typed_kinds
from kiosk import __version__
from kiosk.bundles import Bundles
from kiosk.clocks import SystemClock
from kiosk.conductor import Conductor, Crew, House
from kiosk.core.case import case_id_of
from kiosk.core.codes import BROKEN_VIEW
from kiosk.core.events import Failed
from kiosk.core.hardware import OutcomeWord
from kiosk.core.sync import BundleStaged, SyncFact
from kiosk.council_keys import KeyShelf
from kiosk.errands import Desk, Errands, Offer
from kiosk.errors import SettingsError
from kiosk.glass import Glass, GlassPlace, wants_assistive
from kiosk.keeping_watch import KeepingWatch
from kiosk.keys import keep_enrolment, kept_enrolment, terminal_key
from kiosk.logs import Log
from kiosk.plugged_in import PluggedIn
from kiosk.ports import Clock, Speaker, StoredJob
from kiosk.settings import Loaded, load_facility
from kiosk.speech import Clips, open_speaker
from kiosk.store import Store, StoreSettings, mark_doubtful, open_store
from kiosk.sync import CentralAddress, CentralClient, Courier, LinkWatch, Pace, Shelves
from kiosk.taking_up import TakingUp
from kiosk.telling import facts_of, keeping_told, services_in_use

DATABASE = "terminal.sqlite"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a terminal stands in; a rehearsal gives other ones.

    Attributes:
        folder: where this terminal keeps its data, readable by the service only.
        clock: tells visits the time; devices and courier always keep real time.
        central: address instead of the configured one, or empty.
        speaker: reads aloud instead of this machine's own voice.
        config: the folder of what belongs to this terminal; None takes nothing up that central publishes.
        finger: open the second socket of the glass.
        in_window: draw in a window on a desktop, as large as fits.
        start_spread_s: the courier waits a random part of this first, so that a whole town's terminals do not
            all call at once when the power comes back.
    """

    folder: Path
    log: Log
    clock: Clock
    central: str = ""
    speaker: Speaker | None = None
    config: Path | None = None
    finger: bool = False
    in_window: bool = False
    start_spread_s: float = 0.0


def read_facility(config: Path, local: Path | None = None) -> Loaded:
    """Read a configuration against the names that the devices room knows; never raises for what is in it.

    Args:
        config: the folder.
        local: where what belongs to this terminal alone stands, when the folder was published for all.
    """
    return load_facility(
        config,
        local=local,
        profiles=profile_names(),
        reader_kinds=reader_kinds(),
        typed_kinds=typed_kinds(),
        keyboards=layout_names(),
    )


def usable(config: Path) -> Loaded:
    """Read a configuration that has no problem.

    Raises:
        SettingsError: it has; says how many, and how to see them all.
    """
    loaded = read_facility(config)
    if not loaded.is_usable:
        raise _has_problems(config, loaded)
    return loaded


def identified(config: Path) -> Loaded:
    """Read a configuration that says which terminal this is, whatever problems its other files have.

    A slip in a service or a translation keeps nobody from the cases that are kept here.

    Raises:
        SettingsError: kiosk.yaml itself has a problem.
    """
    loaded = read_facility(config)
    if loaded.identity is None:
        raise _has_problems(config, loaded)
    return loaded


def _has_problems(config: Path, loaded: Loaded) -> SettingsError:
    return SettingsError(
        "SET-001",
        f"The configuration has problems ({len(loaded.problems)}).",
        f"See them all: kiosk check --config {config}",
        str(config),
    )


def store_settings(loaded: Loaded, folder: Path, shelf: KeyShelf | None = None) -> StoreSettings:
    """Say where and how this terminal keeps its cases."""
    known = loaded.identity
    if known is None:
        raise RuntimeError("a kiosk.yaml with problems was used: ask for its identity first")
    keys = (shelf or KeyShelf(folder)).known
    zone = ZoneInfo(known.time_zone)
    return StoreSettings(folder / DATABASE, known.terminal, known.reference_prefix, zone, keys)


def central_url(loaded: Loaded) -> str:
    """Return the configured address of central."""
    return loaded.terminal.central_url


class Terminal:
    """A whole terminal; entering starts it, leaving lets everything go in order."""

    def __init__(self, loaded: Loaded, surroundings: Surroundings) -> None:
        self._around = surroundings
        self.taking_up = self._make_taking_up()
        self._loaded = self.taking_up.begin(loaded) if self.taking_up is not None else loaded
        self._stack = ExitStack()
        self._real = SystemClock()
        self._interrupted: Sequence[StoredJob] = ()
        self._keys = KeyShelf(surroundings.folder)
        self.store = self._open_store()
        self.conductor = self._make_conductor()
        self.glass = self._open_glass()
        self._courier = self._make_courier()
        self._begins_anew = threading.Event()
        self._keeping = self._make_watch()
        errands = self._make_errands()
        devices = PluggedIn(
            self._loaded.terminal,
            surroundings.folder,
            self.store,
            self._real,
            self.conductor.device_fact,
            self._stack,
        )
        crew = Crew(
            self.glass,
            devices.printer(),
            devices.readers(),
            errands,
            self._open_speaker(),
            devices.document_scanner(),
        )
        self.conductor.employ(crew)
        devices.watch()

    def __enter__(self) -> Self:
        """Let it begin."""
        self._settle_interrupted()
        if self._courier is not None:
            self._courier.start()
        self._keeping.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of everything, the glass first and the store last."""
        self._stack.close()

    def run(self) -> None:
        """Conduct visits until `stop`; blocks."""
        self._around.log("terminal.started", version=__version__, terminal=self._loaded.facility.terminal)
        self.conductor.run()
        self._around.log("terminal.stopped")

    @property
    def begins_anew(self) -> bool:
        """Whether `run` ended because the database must be set aside, which the next terminal does."""
        return self._begins_anew.is_set()

    def stop(self) -> None:
        """End `run`; any thread."""
        self.conductor.stop()

    # -- building, in the order of need

    def _make_taking_up(self) -> TakingUp | None:
        around = self._around
        if around.config is None:
            return None
        return TakingUp(Bundles(around.folder), around.config, read_facility, around.log)

    def _open_store(self) -> Store:
        opened = open_store(
            store_settings(self._loaded, self._around.folder, self._keys), self._around.clock.now()
        )
        self._stack.callback(opened.store.close)
        if opened.set_aside is not None:
            self._around.log("store.set-aside", cases=opened.set_aside.cases, staff=opened.set_aside.staff)
        return opened.store

    def _open_glass(self) -> Glass:
        place = GlassPlace(
            self._loaded.terminal.panel,
            finger=self._around.finger,
            in_window=self._around.in_window,
            outfit=self._loaded.terminal.outfit,
            assistive=wants_assistive(os.environ),
        )
        glass = Glass(
            place,
            happened=self.conductor.post,
            broke=lambda: self.conductor.post(Failed(BROKEN_VIEW[0])),
            clock=self._real,
            log=self._around.log,
        )
        self._stack.callback(glass.close)
        return glass

    def _make_conductor(self) -> Conductor:
        facility = self._loaded.facility
        house = House(
            facility=facility,
            clock=self._around.clock,
            zone=ZoneInfo(facility.time_zone),
            new_case_id=lambda: case_id_of(self._around.clock.now(), secrets.token_bytes(10)),
            log=self._around.log,
        )
        return Conductor(house)

    def _open_speaker(self) -> Speaker | None:
        speaker = self._around.speaker or open_speaker(
            Clips(self._loaded.terminal.clips), self.conductor.device_fact
        )
        if speaker is not None:
            self._stack.callback(speaker.close)
        return speaker

    def _make_courier(self) -> Courier | None:
        folder = self._around.folder
        kept = kept_enrolment(folder)
        if kept is None:
            self._around.log("central.not-paired")
            return None
        url = self._around.central or central_url(self._loaded)
        address = CentralAddress(url, kept, terminal_key(folder), self._loaded.terminal.ca_file)
        client = CentralClient(address, self._real, keep=lambda renewed: keep_enrolment(folder, renewed))
        store, taking_up = self.store, self.taking_up
        bundles = taking_up.bundles if taking_up is not None else None
        courier = Courier(
            client,
            Shelves(store.outbox, store.orders, store, self._keys, bundles),
            self._sync_fact,
            clock=self._real,
            chance=random.SystemRandom().random,
            today=lambda: (
                self._around.clock.now().astimezone(ZoneInfo(self._loaded.facility.time_zone)).date()
            ),
            facts=self._facts,
            pace=Pace(start_spread_s=self._around.start_spread_s),
            hang_up=client.close,
        )
        self._stack.callback(courier.close)
        self._watch_link(courier)
        return courier

    def _watch_link(self, courier: Courier) -> None:
        try:
            watch = LinkWatch(courier.link_returned)
        except OSError:
            self._around.log("link.not-watched")
            return
        self._stack.callback(watch.close)

    def _make_watch(self) -> KeepingWatch:
        facility = self._loaded.facility
        zone = ZoneInfo(facility.time_zone)
        watch = KeepingWatch(
            self.store,
            self._around.clock,
            is_open=lambda now: facility.is_open(now.astimezone(zone)),
            damaged=self._begin_anew,
            log=self._around.log,
        )
        self._stack.callback(watch.close)
        return watch

    def _begin_anew(self) -> None:
        """Let the visit end, then let a new terminal set the damaged database aside; any thread."""
        mark_doubtful(self.store.path)
        self._begins_anew.set()
        self._around.log("store.begins-anew")
        self.conductor.stop(at_rest=True)

    def _make_errands(self) -> Errands:
        facility = self._loaded.facility
        zone = ZoneInfo(facility.time_zone)
        bundles = self.taking_up.bundles if self.taking_up is not None else None
        desk = Desk(
            facility,
            self.store,
            self.store.orders,
            self.store.staff,
            self._around.clock,
            zone,
            lambda: services_in_use(bundles),
        )
        errands = Errands(
            desk,
            post=self.conductor.post,
            submit=self.conductor.submit,
            saved=self.poke,
            damaged=self._begin_anew,
            log=self._around.log,
        )
        self._stack.callback(errands.close)
        return errands

    def _sync_fact(self, fact: SyncFact) -> None:
        """Hand on what the courier tells; weigh a version that lies ready here, on the courier's thread."""
        self.conductor.sync_fact(fact)
        if isinstance(fact, BundleStaged) and self.taking_up is not None:
            self._offer(fact.version, self.taking_up)

    def _offer(self, version: int, taking_up: TakingUp) -> None:
        loaded = taking_up.weigh(version)
        if loaded is not None:
            zone = ZoneInfo(loaded.facility.time_zone)
            self.conductor.offer(Offer(loaded.facility, zone, lambda: taking_up.taken(version)))

    def poke(self) -> None:
        """Let the courier try at once; any thread."""
        if self._courier is not None:
            self._courier.poke()

    def _settle_interrupted(self) -> None:
        self._interrupted = self.store.settle_interrupted(self._around.clock.now())
        for job in self._interrupted:
            self._around.log("ticket.interrupted", job=job.job_id, reference=job.reference)

    def _facts(self) -> dict[str, object]:
        today = self._around.clock.now().astimezone(ZoneInfo(self._loaded.facility.time_zone)).date()
        bundles = self.taking_up.bundles if self.taking_up is not None else None
        tickets = doubtful(self.store, today, self._interrupted)
        told = facts_of(self.store, self.conductor, bundles, self._around.folder, tickets)
        return {**told, "keeping": keeping_told(self.store.keeping(self._around.clock.now()))}


def doubtful(store: Store, today: date, interrupted: Sequence[StoredJob]) -> list[str]:
    """Name the tickets that may not have come out: today's, and those of earlier days that a start found."""
    unknown = (job for job in interrupted if job.outcome is OutcomeWord.UNKNOWN)
    earlier = (job.queue_number or job.reference for job in unknown if job.created_at.date() < today)
    return [*earlier, *store.doubtful_tickets(today)]
