"""Addresses, and links that say in the project's own words what went wrong."""

import os
import socket
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.catalogue import check_printer, check_reader, profile_names, reader_kinds
from devices.links.address import NodeAddress, SerialAddress, TcpAddress, open_link, parse_address
from devices.links.link import Link
from kiosk.errors import LinkAbsent, LinkLost, SettingsError


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """A line: the device's end, and the path of the terminal's end."""
    master, slave = os.openpty()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    with (
        socket.socket() as spare
    ):  # keeps the number of a master that the test closed from being closed twice
        if spare.fileno() != master:
            os.close(master)


def test_addresses_are_read() -> None:
    assert parse_address("serial:/dev/ttyS0?baud=38400") == SerialAddress("/dev/ttyS0", 38400)
    assert parse_address("serial:/dev/serial/by-id/x") == SerialAddress("/dev/serial/by-id/x", 9600)
    assert parse_address("tcp:10.0.0.5:9100") == TcpAddress("10.0.0.5", 9100)
    assert parse_address("tcp:printer.lan") == TcpAddress("printer.lan", 9100)
    assert parse_address("tcp:[::1]:9101") == TcpAddress("::1", 9101)
    assert parse_address("usb:/dev/usb/lp0") == NodeAddress("/dev/usb/lp0")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "serial:",
        "/dev/ttyS0",
        "bus:x",
        "serial:/dev/x?baud=12",
        "serial:/dev/x?speed=9600",
        "tcp:h:0",
        "tcp:h:x",
    ],
)
def test_a_wrong_address_says_how_it_should_look(text: str) -> None:
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        open_link(text)
    assert "serial:/dev/serial/by-id" in caught.value.do


def test_unknown_profiles_and_kinds_are_told_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match="unknown") as caught:
        check_printer("tcp:h", "generic-80")
    assert "generic-80mm" in caught.value.do
    with pytest.raises(SettingsError, match="unknown"):
        check_reader("serial:/dev/x", "id-12")
    for name in profile_names():
        check_printer("tcp:h", name)
    for name in reader_kinds():
        check_reader("pcsc:" if name == "pcsc" else "serial:/dev/x", name)


@pytest.mark.parametrize(("address", "kind"), [("serial:/dev/x", "pcsc"), ("pcsc:ACR122U", "id12")])
def test_a_chip_reader_has_no_line_and_a_line_no_chip_reader(address: str, kind: str) -> None:
    with pytest.raises(SettingsError, match=r"PC/SC|cannot be at"):
        check_reader(address, kind)
    with pytest.raises(SettingsError, match="only a reader of the kind"):
        check_printer("pcsc:ACR122U", "generic-80mm")


@pytest.mark.parametrize("text", ["serial:/nowhere/at/all", "usb:/nowhere/at/all", "tcp:127.0.0.1:1"])
def test_nothing_at_an_address_is_absent(text: str) -> None:
    link = open_link(text)
    with pytest.raises(LinkAbsent):
        link.open()
    with pytest.raises(LinkLost):
        link.read()
    link.close()
    link.close()


def test_bytes_go_both_ways_over_a_serial_line_and_nobody_else_gets_it(line: tuple[int, str]) -> None:
    master, path = line
    link = open_link(f"serial:{path}?baud=115200")
    link.open()
    assert link.bytes_per_s == 11520
    assert link.read() == b""
    assert link.write_some(b"hello") == 5
    assert os.read(master, 10) == b"hello"
    os.write(master, b"\x11\x13\x03\x04")
    assert _read_all(link) == b"\x11\x13\x03\x04", "no control byte is swallowed on the way"
    with pytest.raises(LinkAbsent):
        open_link(f"serial:{path}").open()
    link.close()


def test_a_full_line_takes_nothing_and_never_blocks(line: tuple[int, str]) -> None:
    _, path = line
    link = open_link(f"serial:{path}")
    link.open()
    taken = [link.write_some(bytes(256)) for _ in range(1000)]
    assert taken[-1] == 0
    link.close()


def test_a_line_that_hangs_up_is_lost() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    link = open_link(f"serial:{os.ttyname(slave)}")
    link.open()
    os.close(slave)
    os.close(master)
    with pytest.raises(LinkLost) as caught:
        link.read()
    assert caught.value.code == "LINK-002"
    link.close()


def test_a_network_printer_is_read_and_written_and_its_end_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = open_link(f"tcp:127.0.0.1:{server.getsockname()[1]}")
        link.open()
        peer, _ = server.accept()
        assert link.write_some(b"hello") == 5
        assert peer.recv(10) == b"hello"
        peer.sendall(b"\x12")
        assert _read_all(link) == b"\x12"
        peer.close()
        with pytest.raises(LinkLost):
            _read_all(link)
        link.close()


def test_a_usb_node_is_a_file_for_one(tmp_path: Path) -> None:
    node = tmp_path / "lp0"
    os.mkfifo(node)
    link = open_link(f"usb:{node}")
    link.open()
    assert link.write_some(b"hello") == 5
    with pytest.raises(LinkAbsent):
        open_link(f"usb:{node}").open()
    link.close()


def _read_all(link: Link) -> bytes:
    for _ in range(1000):
        if came := link.read():
            return came
    return b""
