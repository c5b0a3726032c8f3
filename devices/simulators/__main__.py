"""``python -m devices.simulators``: start a simulated device, or the panel that drives them.

Responsible for: the command line. Not responsible for: any device.
"""

import argparse
import signal
import sys
from pathlib import Path

from devices.simulators.badge import BadgeSimulator, Framing
from devices.simulators.chip import VPCD_PORT, ChipSimulator
from devices.simulators.control import ask
from devices.simulators.frames import KINDS, SUFFIXES, TYPED_KINDS
from devices.simulators.key_wire import KeyWire
from devices.simulators.keyboard import LAYOUTS
from devices.simulators.mechanism import Build
from devices.simulators.panel import serve
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
        prog="python -m devices.simulators",
        description="Simulated devices for the kiosk: a receipt printer, a card reader, a control panel.",
        epilog="Example: … printer --link /tmp/p --control /tmp/c --out /tmp/slips",
    )
    kinds = parser.add_subparsers(required=True)
    _add_printer(kinds.add_parser("printer", help="a receipt printer"))
    _add_badge(kinds.add_parser("badge", help="a serial card reader"), "id12")
    _add_badge(kinds.add_parser("magstripe", help="a serial magnetic stripe reader"), "magstripe")
    _add_badge(kinds.add_parser("scanner", help="a serial 2D scanner"), "scanner")
    _add_wedge(kinds.add_parser("wedge", help="a scanner or reader that types like a keyboard"))
    _add_chip(kinds.add_parser("pcsc", help="a chip card for the virtual reader of pcscd (vpcd)"))
    _add_panel(kinds.add_parser("panel", help="a page in the browser with buttons for both"))
    _add_say(kinds.add_parser("say", help="send one command to a running simulator"))
    return parser


def _add_wire(parser: argparse.ArgumentParser, baud: int) -> None:
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--link", type=Path, help="the name under which a pseudo-terminal appears")
    place.add_argument("--tcp", type=int, metavar="PORT", help="a TCP port on this machine instead")
    parser.add_argument("--control", type=Path, required=True, help="unix socket for commands")
    parser.add_argument("--baud", type=int, default=baud, help="speed of the line; 0 for no limit")


def _add_printer(parser: argparse.ArgumentParser) -> None:
    _add_wire(parser, 38400)
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for pictures and texts of the tickets"
    )
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
    parser.add_argument("--link", type=Path, required=True, help="the name of the pipe with its input events")
    parser.add_argument("--control", type=Path, required=True, help="unix socket for commands")
    parser.add_argument("--kind", choices=TYPED_KINDS, default="scanner", help="how it frames a card or code")
    parser.add_argument("--layout", choices=LAYOUTS, default="us", help="for which keyboard it is set")
    parser.add_argument("--suffix", choices=("cr", "none"), default="cr", help="whether it ends with Enter")
    parser.set_defaults(start=_wedge)


def _add_chip(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--control", type=Path, required=True, help="unix socket for commands")
    parser.add_argument("--port", type=int, default=VPCD_PORT, help="where vpcd listens on this machine")
    parser.set_defaults(start=_chip)


def _add_panel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8090, help="port on this machine")
    parser.add_argument("--printer", type=Path, help="control socket of the simulated printer")
    parser.add_argument("--badge", type=Path, help="control socket of the simulated reader")
    parser.add_argument("--out", type=Path, help="folder in which the printer puts its tickets")
    parser.set_defaults(start=_panel)


def _add_say(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("control", type=Path, help="control socket of the simulator")
    parser.add_argument("line", nargs="+", help="the command, for instance: paper 4")
    parser.set_defaults(start=_say)


def _wire(chosen: argparse.Namespace) -> Wire:
    return TcpWire(chosen.tcp, chosen.baud) if chosen.tcp else PtyWire(chosen.link, chosen.baud)


def _printer(chosen: argparse.Namespace) -> int:
    places = Places(chosen.control, chosen.out)
    PrinterSimulator(places, _wire(chosen), Build(chosen.width, chosen.speed), chosen.paper_lines).run()
    return 0


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
    serve(chosen.port, chosen.printer, chosen.badge, chosen.out)
    return 0


def _say(chosen: argparse.Namespace) -> int:
    answer = ask(chosen.control, " ".join(chosen.line))
    sys.stdout.write(f"{answer}\n")
    return 0 if answer.get("ok") else 1


if __name__ == "__main__":
    sys.exit(main())
