"""A private certificate authority, and Debian's nginx with the file of docs/deployment."""

from __future__ import annotations

import datetime as dt
import errno
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = Path(__file__).resolve().parents[2] / "docs" / "deployment" / "nginx.conf"
START_S = 20.0
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """The council's own authority: `ca_file` is what terminals trust."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    ca_file: Path

    @classmethod
    def make(cls, folder: Path) -> Authority:
        folder.mkdir()
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Authority {folder.name}")])
        now = dt.datetime.now(dt.UTC)  # noqa: TID251 - certificates are held against the real clock
        made = _begun(name, name, key.public_key(), now - 400 * DAY, now + 400 * DAY).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        signed = made.sign(key, hashes.SHA256())
        ca_file = folder / "ca.pem"
        ca_file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        return cls(key, signed, ca_file)

    def vouch(self, folder: Path, *, begins: int = -1, ends: int = 30, name: str = "localhost") -> Path:
        """Write central.crt and central.key for this name; days from now."""
        folder.mkdir(exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        now = dt.datetime.now(dt.UTC)  # noqa: TID251 - as above
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        names: list[x509.GeneralName] = [x509.DNSName(name)]
        if name == "localhost":
            names += [x509.IPAddress(ipaddress.ip_address(each)) for each in ("127.0.0.1", "::1")]
        made = _begun(
            subject, self.certificate.subject, key.public_key(), now + begins * DAY, now + ends * DAY
        ).add_extension(x509.SubjectAlternativeName(names), critical=False)
        signed = made.sign(self.key, hashes.SHA256())
        (folder / "central.crt").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        form, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (folder / "central.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, clear))
        return folder


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    begin: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    number = x509.random_serial_number()
    return x509.CertificateBuilder(issuer, subject, key, number).not_valid_before(begin).not_valid_after(end)


@contextmanager
def nginx(folder: Path, tls: Path, central_port: int, name: str = "localhost") -> Iterator[str]:
    """Run nginx with the shipped file on 127.0.0.1 and ::1; give its address, by this name of the machine."""
    folder.mkdir()
    port = _free_port()
    site = SITE.read_text("utf-8")
    for there, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen [::]:443 ssl;", f"listen [::1]:{port} ssl;"),
        ("127.0.0.1:8311", f"127.0.0.1:{central_port}"),
        ("/etc/council-kiosk/tls", str(tls)),
    ):
        assert there in site
        site = site.replace(there, here)
    (folder / "site.conf").write_text(site, "utf-8")
    (folder / "nginx.conf").write_text(_frame(folder), "utf-8")
    program = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))
    assert program is not None
    words = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    process = subprocess.Popen([*words, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"https://{name}:{port}"
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(START_S)


def _free_port() -> int:
    """Return a port that nobody has at either address of this machine."""
    for _ in range(20):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
            try:
                socket.create_server(("::1", port), family=socket.AF_INET6).close()
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise AssertionError("this machine has no ::1: ip -6 addr show lo") from error
                continue
            return port
    raise AssertionError("no port is free at both addresses")


def _frame(folder: Path) -> str:
    """Write what Debian's own nginx.conf is around a site."""
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{name}_temp_path {folder / name};\n" for name in names)
    return (
        f"worker_processes 1;\npid {folder / 'nginx.pid'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{kept}include {folder / 'site.conf'};\n}}\n"
    )


def _wait_for(port: int) -> None:
    never = threading.Event()
    for _ in range(int(START_S / 0.05)):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        never.wait(0.05)
    raise AssertionError("nginx did not start")
