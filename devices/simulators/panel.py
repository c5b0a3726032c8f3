"""A page in the browser from which a person plays with simulated devices.

Responsible for: serving the page on this machine only, and carrying its buttons to the control sockets.
Not responsible for: what the page looks like (`panel_page`), or what a command does (the simulators).
"""

import json
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from devices.simulators.control import Answer, ask
from devices.simulators.panel_page import BUTTONS, page

HOST: Final = "127.0.0.1"
LONGEST_FORM: Final = 4096
SECURITY: Final = (
    ("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
     "script-src 'unsafe-inline'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
)  # fmt: skip


class Panel(ThreadingHTTPServer):
    """The web server of the panel.

    Args:
        port: on this machine; 0 for any free one.
        printer: control socket of the simulated printer, if there is one.
        badge: control socket of the simulated reader, if there is one.
        scanner: control socket of the simulated scanner, if there is one.
        out: folder with the tickets, if there is one.
    """

    daemon_threads = True

    def __init__(
        self,
        port: int,
        printer: Path | None,
        badge: Path | None,
        out: Path | None,
        *,
        scanner: Path | None = None,
    ) -> None:
        self.controls = {"printer": printer, "badge": badge, "scanner": scanner}
        self.out = out
        super().__init__((HOST, port), Visit)

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def newest(self) -> Path | None:
        """Return the picture of the ticket that was cut off last."""
        tickets = sorted(self.out.glob("ticket-*.png")) if self.out else []
        return tickets[-1] if tickets else None

    def unfinished(self) -> bytes:
        """Return the picture of what sticks out of the printer; empty when it cannot be had."""
        if self.out is None or not self.tell("printer", "view").get("ok"):
            return b""
        return (self.out / "unfinished.png").read_bytes()

    def tell(self, device: str, line: str) -> Answer:
        """Carry a command to a simulator; what goes wrong comes back as the reason."""
        control = self.controls.get(device)
        if control is None:
            return {"ok": False, "problem": "There is no such device here."}
        try:
            return ask(control, line)
        except (OSError, ValueError):
            return {"ok": False, "problem": "The simulator does not answer; is it running?"}

    def state(self) -> Answer:
        """Return what the page shows."""
        newest = self.newest()
        return {
            **{
                device: self.tell(device, "status") if control else None
                for device, control in self.controls.items()
            },
            "ticket": newest.name if newest else "",
            "text": newest.with_suffix(".txt").read_text("utf-8") if newest else "",
        }


class Visit(BaseHTTPRequestHandler):
    """Answer one request."""

    server: Panel
    server_version = "panel"
    sys_version = ""

    def do_GET(self) -> None:
        """Give the page, its state, or the picture of the newest ticket."""
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        match self.path.partition("?")[0]:
            case "/":
                self._give(page(self.server.state()).encode("utf-8"), "text/html; charset=utf-8")
            case "/state":
                self._give(json.dumps(self.server.state()).encode("utf-8"), "application/json")
            case "/ticket.png":
                newest = self.server.newest()
                self._give(newest.read_bytes() if newest else b"", "image/png")
            case "/unfinished.png":
                self._give(self.server.unfinished(), "image/png")
            case _:
                self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Carry out one button, then show the page again."""
        length = int(self.headers.get("Content-Length") or 0)
        if not self._is_local() or not 0 < length <= LONGEST_FORM:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        form = parse_qs(self.rfile.read(length).decode("utf-8", "replace"))
        device = form.get("device", [""])[0]
        line = form.get("line", [""])[0]
        number = " ".join(form.get("number", [""])[0].split())
        number = number if device == "scanner" else number.replace(" ", "")
        known = (
            {button.line for group in BUTTONS[device] for button in group.buttons}
            if device in BUTTONS
            else ()
        )
        if line not in known:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        answer = self.server.tell(device, f"{line} {number}".strip())
        problem = "" if answer.get("ok") else str(answer.get("problem", ""))
        body = page(self.server.state(), problem).encode("utf-8")
        if problem:
            self._give(body, "text/html; charset=utf-8")
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", "/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet: the panel is a toy for the person in front of it."""

    def _is_local(self) -> bool:
        """Refuse pages from elsewhere that send a browser here."""
        port = self.server.server_address[1]
        own = {f"{name}:{port}" for name in (HOST, "localhost")}
        origin = self.headers.get("Origin")
        return self.headers.get("Host") in own and (origin is None or origin.removeprefix("http://") in own)

    def _give(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK if body else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, setting in SECURITY:
            self.send_header(name, setting)
        self.end_headers()
        self.wfile.write(body)


def serve(
    port: int,
    printer: Path | None,
    badge: Path | None,
    out: Path | None,
    *,
    scanner: Path | None = None,
) -> None:
    """Serve the page until the process is ended."""
    with Panel(port, printer, badge, out, scanner=scanner) as panel:
        panel.serve_forever()
