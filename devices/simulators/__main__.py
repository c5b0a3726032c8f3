"""``python -m devices.simulators``: start a simulated device, or the panel that drives them.

Responsible for: the command line. Not responsible for: any device.
"""

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path

from devices.simulators.badge import BadgeSimulator, Framing
from devices.simulators.chip import VPCD_PORT, ChipSimulator
from devices.simulators.control import ask
from devices.simulators.frames import KINDS, SUFFIXES, TYPED_KINDS
from devices.simulators.key_wire import KeyWire
from devices.simulators.keyboard import LAYOUTS
from devices.simulators.mechanism import Build
from devices.simulators.panel import Panel, serve
from devices.simulators.printer import Places, PrinterSimulator
from devices.simulators.tcp_wire import TcpWire
from devices.simulators.wire import PtyWire, Wire


def main(words: list[str] | None = None) -> int:
    """Run the simulator that the words name; ends on SIGTERM, on Ctrl-C, or on the command ``quit``."""
    chosen = _parser().parse_args(words)
    signal.signal(signal.SIGTERM, _stop)
    try:
        code: int = chosen.start(chosen)
    except KeyboardInterrupt:
        return 0
    return code


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk simulate",
        description="Simulated devices for the kiosk: a receipt printer, readers, a page in the browser.",
        epilog="Example: kiosk simulate printer --page 8090",
    )
    kinds = parser.add_subparsers(required=True, metavar="DEVICE")

    def kind(name: str, what: str, example: str) -> argparse.ArgumentParser:
        told = f"Simulate {what}."
        return kinds.add_parser(
            name, help=what, description=told, epilog=f"Example: kiosk simulate {example}"
        )

    _add_printer(kind("printer", "a receipt printer", "printer --page 8090"))
    _add_badge(kind("badge", "a serial card reader", "badge --kind rdm6300"), "id12")
    _add_badge(kind("magstripe", "a serial magnetic stripe reader", "magstripe"), "magstripe")
    _add_badge(kind("scanner", "a serial 2D scanner", "scanner --suffix crlf"), "scanner")
    _add_wedge(kind("wedge", "a scanner or reader that types like a keyboard", "wedge --layout gb"))
    _add_chip(kind("pcsc", "a chip card for the virtual reader of pcscd (vpcd)", "pcsc"))
    _add_panel(
        kind(
            "panel",
            "the page in the browser that drives others",
            f"panel --printer {_place('printer.control')}",
        )
    )
    _add_say(
        kind(
            "say",
            "a hand: send one command to a running simulator",
            f"say {_place('printer.control')} paper 4",
        )
    )
    return parser


def _place(name: str) -> Path:
    """Return where something of a simulator is when nothing else was said."""
    return Path(tempfile.gettempdir()) / "kiosk-simulated" / name


def _add_control(parser: argparse.ArgumentParser) -> None:
    name = parser.prog.split()[-1]
    parser.add_argument(
        "--control",
        type=Path,
        default=_place(f"{name}.control"),
        help="unix socket for commands; a wrong one is answered with all (default %(default)s)",
    )


def _add_wire(parser: argparse.ArgumentParser, baud: int) -> None:
    place = parser.add_mutually_exclusive_group()
    link = _place(parser.prog.split()[-1])
    place.add_argument("--link", type=Path, default=link, help="pseudo-terminal (default %(default)s)")
    place.add_argument("--tcp", type=int, metavar="PORT", help="a TCP port on this machine instead")
    _add_control(parser)
    parser.add_argument("--baud", type=int, default=baud, help="speed of the line; 0 for no limit")


def _add_printer(parser: argparse.ArgumentParser) -> None:
    _add_wire(parser, 38400)
    out = _place("tickets")
    parser.add_argument("--out", type=Path, default=out, help="folder for the tickets (default %(default)s)")
    parser.add_argument("--page", type=int, metavar="PORT", help="serve the page in the browser too")
    parser.add_argument("--model", default=Build().model, help="what it calls itself")
    parser.add_argument("--serial", default=Build().serial, help="its serial number")
    parser.add_argument("--paper-lines", type=int, help="how many lines are left on the roll")
    parser.add_argument("--width", type=int, default=576, help="printable dots: 576 for 80 mm, 384 for 58 mm")
    parser.add_argument(
        "--speed", type=float, default=150.0, help="millimetres of paper a second; 0 for at once"
    )
    parser.set_defaults(start=_printer)


def _add_badge(parser: argparse.ArgumentParser, kind: str) -> None:
    _add_wire(parser, 9600)
    parser.add_argument("--kind", choices=KINDS, default=kind, help="how the reader frames a card")
    parser.add_argument("--suffix", choices=tuple(SUFFIXES), default="crlf", help="how its lines end")
    parser.set_defaults(start=_badge)


def _add_wedge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--link", type=Path, default=_place("wedge"), help="pipe of its input events (default %(default)s)"
    )
    _add_control(parser)
    parser.add_argument("--kind", choices=TYPED_KINDS, default="scanner", help="how it frames a card or code")
    parser.add_argument("--layout", choices=LAYOUTS, default="us", help="for which keyboard it is set")
    parser.add_argument("--suffix", choices=("cr", "none"), default="cr", help="whether it ends with Enter")
    parser.set_defaults(start=_wedge)


def _add_chip(parser: argparse.ArgumentParser) -> None:
    _add_control(parser)
    parser.add_argument("--port", type=int, default=VPCD_PORT, help="where vpcd listens on this machine")
    parser.set_defaults(start=_chip)


def _add_panel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8090, help="port on this machine")
    parser.add_argument("--printer", type=Path, help="control socket of the simulated printer")
    parser.add_argument("--badge", type=Path, help="control socket of the simulated reader")
    parser.add_argument("--scanner", type=Path, help="control socket of the simulated scanner")
    parser.add_argument("--out", type=Path, help="folder in which the printer puts its tickets")
    parser.set_defaults(start=_panel)


def _add_say(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("control", type=Path, help="control socket of the simulator")
    parser.add_argument("line", nargs="+", help="the command, for instance: paper 4")
    parser.set_defaults(start=_say)


def _wire(chosen: argparse.Namespace) -> Wire:
    return TcpWire(chosen.tcp, chosen.baud) if chosen.tcp else PtyWire(chosen.link, chosen.baud)


def _printer(chosen: argparse.Namespace) -> int:
    places, wire = Places(chosen.control, chosen.out), _wire(chosen)
    build = Build(chosen.width, chosen.speed, chosen.model, chosen.serial)
    simulator = PrinterSimulator(places, wire, build, chosen.paper_lines)
    where = f"tcp:127.0.0.1:{chosen.tcp}" if chosen.tcp else f"serial:{wire.path}?baud={chosen.baud or 38400}"
    _say_where(f"printer: {{address: '{where}', profile: generic-80mm}}")
    if chosen.page is not None:
        panel = Panel(chosen.page, chosen.control, None, chosen.out)
        threading.Thread(target=panel.serve_forever, name="page", daemon=True).start()
        _say_where(f"Its page: {panel.address}")
    simulator.run()
    return 0


def _say_where(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _badge(chosen: argparse.Namespace) -> int:
    BadgeSimulator(_wire(chosen), chosen.control, Framing(chosen.kind, chosen.suffix)).run()
    return 0


def _wedge(chosen: argparse.Namespace) -> int:
    wire = KeyWire(chosen.link, chosen.layout)
    BadgeSimulator(wire, chosen.control, Framing(chosen.kind, chosen.suffix)).run()
    return 0


def _chip(chosen: argparse.Namespace) -> int:
    ChipSimulator(chosen.control, chosen.port).run()
    return 0


def _panel(chosen: argparse.Namespace) -> int:
    serve(chosen.port, chosen.printer, chosen.badge, chosen.out, scanner=chosen.scanner)
    return 0


def _say(chosen: argparse.Namespace) -> int:
    answer = ask(chosen.control, " ".join(chosen.line))
    sys.stdout.write(f"{answer}\n")
    return 0 if answer.get("ok") else 1


if __name__ == "__main__":
    sys.exit(main())
