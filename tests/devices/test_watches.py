"""Power and headphones: what is told comes from the parts that know, and unknown is a word of its own."""

import itertools
import json
import os
import shutil
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.watches import nut_codec, opening
from devices.watches.nut import listed_ups
from devices.watches.nut_codec import NutCodec, Refused, Variables
from devices.watches.opening import open_headphones, open_power
from devices.watches.power_supply import PowerSupplySource
from devices.watches.socket_switch import SocketSource, SwitchCodec
from devices.watches.sound_server import headphones_of
from devices.watches.watch import WatchThread, is_news
from kiosk.core.hardware import Headphones, HeadphonesChanged, PowerChanged, PowerSource
from kiosk.errors import SettingsError
from kiosk.ports import DeviceFact
from tests.devices.conftest import PATIENCE_S, Facts, free_port

UPSD = Path("/lib/nut/upsd")
DRIVER = Path("/lib/nut/dummy-ups")
PULSEAUDIO = shutil.which("pulseaudio") or "/usr/bin/pulseaudio"
LAPTOP = {
    "AC": {"type": "Mains", "online": "1"},
    "BAT0": {"type": "Battery", "status": "Charging", "capacity": "81", "capacity_level": "Normal"},
    "hidpp_battery_0": {"type": "Battery", "scope": "Device", "status": "Discharging", "capacity": "10"},
}


@pytest.fixture
def closing() -> Iterator[list[Any]]:
    watches: list[Any] = []
    yield watches
    for watch in watches:
        watch.close()


def newest(kind: type[DeviceFact], found: Callable[[Any], bool]) -> Callable[[list[DeviceFact]], Any]:
    def look(seen: list[DeviceFact]) -> Any:
        told = [fact for fact in seen if isinstance(fact, kind)]
        return told[-1] if told and found(told[-1]) else None

    return look


def until_logged(caplog: pytest.LogCaptureFixture, event: str) -> None:
    never = threading.Event()
    for _ in range(int(PATIENCE_S / 0.05)):
        if event in caplog.text:
            return
        never.wait(0.05)
    raise AssertionError(caplog.text)


def fed_by(source: PowerSource) -> Callable[[list[DeviceFact]], Any]:
    return newest(PowerChanged, lambda fact: fact.source is source)


# --- the kernel ---


def supplies(folder: Path, told: dict[str, dict[str, str]]) -> Path:
    for name, attributes in told.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for attribute, value in attributes.items():
            (folder / name / attribute).write_text(value + "\n", "ascii")
    return folder


def test_a_pulled_mains_plug_is_told_with_what_the_battery_holds(
    tmp_path: Path, facts: Facts, closing: list[Any]
) -> None:
    folder = supplies(tmp_path, LAPTOP)
    closing.append(WatchThread("power", PowerSupplySource("power", folder), facts))
    assert facts.until(fed_by(PowerSource.MAINS)) == PowerChanged("power", PowerSource.MAINS, charge=81)
    battery = {"status": "Discharging", "capacity": "79", "time_to_empty_now": "3725"}
    supplies(tmp_path, {"AC": {"online": "0"}, "BAT0": battery})
    told = facts.until(fed_by(PowerSource.BATTERY))
    assert (told.charge, told.minutes_left, told.is_low) == (79, 62, False)
    supplies(tmp_path, {"BAT0": {"capacity_level": "Critical"}})
    facts.until(newest(PowerChanged, lambda fact: fact.is_low))


def test_a_machine_without_a_battery_tells_nothing_and_complains_of_nothing(
    tmp_path: Path, facts: Facts, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        watch = WatchThread("power", PowerSupplySource("power", tmp_path), facts)
        watch.close()
    assert (facts.seen, caplog.text) == ([], "")


def test_a_battery_that_trembles_by_a_percent_is_no_news() -> None:
    before = PowerChanged("power", PowerSource.BATTERY, charge=80, minutes_left=30)
    assert not is_news(before, PowerChanged("power", PowerSource.BATTERY, charge=79, minutes_left=31))
    assert is_news(before, PowerChanged("power", PowerSource.BATTERY, charge=75, minutes_left=30))
    assert is_news(before, PowerChanged("power", PowerSource.MAINS, charge=80, minutes_left=30))
    assert is_news(
        before, PowerChanged("power", PowerSource.BATTERY, charge=80, minutes_left=30, is_low=True)
    )


# --- a UPS behind NUT: the real server and its driver without hardware ---


class Ups:
    """A NUT server on this machine, and the UPS that its driver plays."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        (folder / "ups.conf").write_text(
            f"[ups]\ndriver = dummy-ups\nport = {folder}/ups.seq\nmode = dummy-loop\npollinterval = 1\n"
        )
        (folder / "upsd.conf").write_text(f"LISTEN 127.0.0.1 {self.port}\n")
        (folder / "upsd.users").write_text("")
        for file in folder.iterdir():
            file.chmod(0o600)
        self.tell("OL", 100)
        self._driver = self._start(str(DRIVER), "-D", "-a", "ups", "-u", "root")

    @property
    def address(self) -> str:
        return f"nut:ups@127.0.0.1:{self.port}"

    def tell(self, status: str, charge: int, runtime: int = 1800) -> None:
        text = f"ups.status: {status}\nbattery.charge: {charge}\nbattery.runtime: {runtime}\n"
        fresh = self._folder / "fresh"
        fresh.write_text(text)
        fresh.replace(self._folder / "ups.seq")

    def serve(self) -> None:
        self._server = self._start(str(UPSD), "-D", "-u", "root")

    def end_server(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(PATIENCE_S)
        self._server = None

    def close(self) -> None:
        self.end_server()
        self._driver.terminate()
        self._driver.wait(PATIENCE_S)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        places = {"NUT_CONFPATH": str(self._folder), "NUT_STATEPATH": str(self._folder)}
        quiet = subprocess.DEVNULL
        return subprocess.Popen(words, env={**os.environ, **places}, stdout=quiet, stderr=quiet)


@pytest.fixture
def ups(tmp_path: Path) -> Iterator[Ups]:
    made = Ups(tmp_path / "nut")
    yield made
    made.close()


@pytest.mark.timeout(60)
def test_a_ups_tells_battery_and_mains_and_is_unknown_while_its_server_is_away(
    ups: Ups, facts: Facts, closing: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "devices.watches")
    closing.append(open_power(ups.address, facts))
    ups.serve()
    told = facts.until(fed_by(PowerSource.MAINS))
    assert (told.charge, told.minutes_left, told.is_low) == (100, 30, False)
    assert listed_ups("127.0.0.1", ups.port) == ["ups"]
    ups.tell("OB LB", 20, 240)
    told = facts.until(newest(PowerChanged, lambda fact: fact.is_low))
    assert (told.source, told.charge, told.minutes_left) == (PowerSource.BATTERY, 20, 4)
    ups.end_server()
    facts.until(fed_by(PowerSource.UNKNOWN))
    ups.serve()
    facts.until(fed_by(PowerSource.BATTERY))
    ends = [record.getMessage().split()[0] for record in caplog.records]
    assert ends[0] == "watch.found"
    assert ends.count("watch.lost") >= 1


@given(
    st.dictionaries(
        st.sampled_from(["ups.status", "battery.charge", "battery.runtime", "device.model"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30),
    ),
    st.lists(st.integers(0, 600), max_size=6),
)
def test_what_the_server_tells_is_read_however_it_is_split(values: dict[str, str], cuts: list[int]) -> None:
    lines = ["BEGIN LIST VAR ups"]
    for name, value in values.items():
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'VAR ups {name} "{quoted}"')
    stream = "\n".join([*lines, "END LIST VAR ups", ""]).encode()
    places = sorted({0, len(stream), *(cut % len(stream) for cut in cuts)})
    codec = NutCodec("ups")
    assert [a for x, y in itertools.pairwise(places) for a in codec.feed(stream[x:y])] == [Variables(values)]


@given(st.binary(max_size=4000))
def test_any_bytes_from_a_server_raise_nothing_and_hide_no_answer(noise: bytes) -> None:
    codec = NutCodec("ups")
    codec.feed(noise + b"\n")
    answer = b'BEGIN LIST VAR ups\nVAR ups ups.status "OL"\nEND LIST VAR ups\n'
    assert codec.feed(answer)[-1:] == [Variables({"ups.status": "OL"})]
    assert len(codec._line) <= nut_codec.LONGEST_LINE


def test_a_refusal_of_the_server_is_told_by_its_own_word() -> None:
    assert NutCodec("ups").feed(b"ERR DATA-STALE\n") == [Refused("DATA-STALE")]


@pytest.mark.parametrize(
    ("status", "source", "is_low"),
    [
        ("OL CHRG", PowerSource.MAINS, False),
        ("OB DISCHRG", PowerSource.BATTERY, False),
        ("OB LB", PowerSource.BATTERY, True),
        ("FSD OL", PowerSource.BATTERY, True),
        ("WAIT", PowerSource.UNKNOWN, False),
        ("", PowerSource.UNKNOWN, False),
    ],
)
def test_every_status_of_a_ups_has_its_meaning(status: str, source: PowerSource, is_low: bool) -> None:
    told = nut_codec.power_of({"ups.status": status, "battery.charge": "97.5"}, "power")
    assert told == PowerChanged("power", source, charge=97, is_low=is_low)


# --- headphones by the kernel's switch: events over a pipe, because there is no such socket here ---


def switched(value: int) -> bytes:
    return struct.pack("@llHHi", 0, 0, 5, 2, value) + struct.pack("@llHHi", 0, 0, 0, 0, 0)


@contextmanager
def pipe_at(path: Path) -> Iterator[int]:
    os.mkfifo(path)
    end = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        yield end
    finally:
        path.unlink(missing_ok=True)
        os.close(end)


def heard(state: Headphones) -> Callable[[list[DeviceFact]], Any]:
    return newest(HeadphonesChanged, lambda fact: fact.state is state)


def test_headphones_in_and_out_are_told_and_a_lost_socket_is_unknown(
    tmp_path: Path, facts: Facts, closing: list[Any]
) -> None:
    node = tmp_path / "socket"
    with pipe_at(node) as end:
        closing.append(open_headphones(f"input:{node}", facts))
        os.write(end, switched(1))
        facts.until(heard(Headphones.IN))
        os.write(end, switched(0))
        facts.until(heard(Headphones.OUT))
        os.write(end, switched(1))
        facts.until(heard(Headphones.IN))
    facts.until(heard(Headphones.UNKNOWN))


@given(st.lists(st.booleans(), max_size=20), st.lists(st.integers(0, 900), max_size=6))
def test_the_switch_is_as_the_last_event_says_however_events_are_split(
    states: list[bool], cuts: list[int]
) -> None:
    stream, codec = b"".join(switched(state) for state in states), SwitchCodec()
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    for a, b in itertools.pairwise(places):
        codec.feed(stream[a:b])
    assert codec.state is (
        Headphones.UNKNOWN if not states else Headphones.IN if states[-1] else Headphones.OUT
    )


def test_after_lost_events_nobody_knows_until_the_socket_is_asked() -> None:
    codec = SwitchCodec()
    codec.feed(switched(1) + struct.pack("@llHHi", 0, 0, 0, 3, 0))
    assert codec.state is Headphones.UNKNOWN


def test_a_node_without_a_switch_is_absent_and_tells_nothing(facts: Facts) -> None:
    watch = WatchThread("headphones", SocketSource("headphones", "/dev/null"), facts)
    watch.close()
    assert facts.seen == []


def test_a_machine_without_a_socket_tells_nothing(facts: Facts) -> None:
    watch = open_headphones("system", facts)
    assert watch is not None
    watch.close()
    assert facts.seen == []


# --- headphones by the sound server ---


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A real PulseAudio of our own with a sink that goes nowhere."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(tmp_path / "pulse"))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/native")
    monkeypatch.setenv("HOME", str(tmp_path))
    words = [PULSEAUDIO, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    words += ["-L", f"module-native-protocol-unix socket={tmp_path}/native", "-L", "module-null-sink"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield server
    server.terminate()
    server.wait(PATIENCE_S)


@pytest.mark.timeout(60)
def test_a_sound_server_without_a_socket_is_listened_to_and_headphones_stay_unknown(
    sound_server: subprocess.Popen[bytes],
    facts: Facts,
    closing: list[Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "devices.watches")
    watch = open_headphones("sound", facts)
    assert watch is not None
    closing.append(watch)
    until_logged(caplog, "watch.found")
    sound_server.terminate()
    until_logged(caplog, "watch.lost")
    assert facts.seen == []


def port(kind: str, availability: str) -> dict[str, Any]:
    return {"description": kind, "type": kind, "priority": 100, "availability": availability}


@pytest.mark.parametrize(
    ("ports", "state"),
    [
        ({"analog-output-headphones": port("Headphones", "available")}, Headphones.IN),
        ({"analog-output-headphones": port("Headphones", "not available")}, Headphones.OUT),
        ({"analog-output-headphones": port("Headphones", "availability unknown")}, Headphones.UNKNOWN),
        ({"analog-output-speaker": port("Speaker", "available")}, Headphones.UNKNOWN),
        (
            {
                "analog-output-headphones": port("Headphones", "not available"),
                "analog-output-headphones-2": port("Headphones", "availability unknown"),
            },
            Headphones.UNKNOWN,
        ),
        ({}, Headphones.UNKNOWN),
    ],
)
def test_ports_of_the_sound_server_have_their_meaning(ports: dict[str, Any], state: Headphones) -> None:
    assert headphones_of([{"name": "alsa_card.pci", "ports": ports}]) is state


@given(
    st.recursive(st.none() | st.booleans() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s))
)
def test_whatever_else_a_sound_server_prints_is_never_headphones_in(printed: Any) -> None:
    printed = json.loads(json.dumps(printed))
    assert headphones_of(printed if isinstance(printed, list) else [printed]) is Headphones.UNKNOWN


# --- settings ---


def test_nobody_watches_where_settings_want_nobody_to(facts: Facts) -> None:
    assert open_power(opening.NONE, facts) is None
    assert open_headphones(opening.NONE, facts) is None


@pytest.mark.parametrize("address", ["", "apc", "nut:", "nut:ups", "nut:@h", "nut:ups@h:x"])
def test_a_wrong_address_of_the_power_says_how_it_should_look(address: str, facts: Facts) -> None:
    with pytest.raises(SettingsError, match="watched") as caught:
        open_power(address, facts)
    assert "nut:ups@127.0.0.1" in caught.value.do
