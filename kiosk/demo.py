"""The demonstration: a terminal to touch where there is a screen, else two visits as pictures.

Responsible for: showing the whole product in one command.
Not responsible for: performing walks (`kiosk.rehearse`).
"""

import os
import shutil
import signal
import socket
import webbrowser
from pathlib import Path

from kiosk.rehearse.processes import Process
from kiosk.rehearse.rehearsal import rehearse
from kiosk.rehearse.report import Report
from kiosk.rehearse.stand import RehearsalStand
from kiosk.rehearse.walk import read_walk
from kiosk.settings import Loaded

WALKS = ("missed-bin.yaml", "paper-out.yaml")


def perform_visits(loaded: Loaded, config: Path, out: Path) -> int:
    """Perform a clean visit and one with the paper running out; tell where everything is."""
    shutil.rmtree(out, ignore_errors=True)
    reports = [rehearse(loaded, read_walk(config / "walks" / name), out) for name in WALKS]
    for report in reports:
        print("\n".join(report.as_lines()))  # noqa: T201 - the demonstration speaks to the person at the keyboard
    print("\n".join(_places(reports, out)))  # noqa: T201 - as above
    return 0 if all(report.passed for report in reports) else 1


def _places(reports: list[Report], out: Path) -> list[str]:
    lines = ["", f"Pictures of every screen:  {out.resolve()}/*/screens/*.png"]
    for report in reports:
        end = report.ending
        lines.append(
            f"Ticket of {report.walk.name}:  {end.ticket_picture or 'none, and the visitor was told so'}"
        )
        lines.append(f"Case of {report.walk.name} at central:  {end.reference} ({end.delivery})")
    lines.append(f"Databases of central:  {out.resolve()}/*/stand/central.sqlite")
    return lines


def show_terminal(loaded: Loaded, out: Path) -> int:
    """Open a terminal on this screen, with a panel for its simulated devices; ends with Ctrl-C."""
    shutil.rmtree(out, ignore_errors=True)
    with RehearsalStand(loaded, out / "stand", in_window=True, runs=True) as stand:
        badge, pin = stand.staff()
        port = _free_port()
        folder = out / "stand"
        words = ["devices.simulators", "panel", "--port", str(port), "--out", str(stand.tickets)]
        for device in ("printer", "badge"):
            words += [f"--{device}", str(stand.wires / f"{device}.control")]
        account = stand.central_service.add_staff("Demo Desk").replace("\n", ", ")
        panel = Process("panel", words, folder / "panel.log")
        page = f"http://127.0.0.1:{port}/"
        print(  # noqa: T201 - the demonstration speaks to the person at the keyboard
            f"The terminal is on this screen.\n"
            f"Simulated printer and reader: {page}\n"
            f"Staff desk at central:        {stand.central_service.url}/desk\n"
            f"  {account}\n"
            f"Staff badge {badge}, PIN {pin} (show the badge on the panel)\n"
            f"End with Ctrl-C.",
            flush=True,
        )
        webbrowser.open(page)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return os.EX_OK
        finally:
            panel.close()
    return os.EX_OK


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
