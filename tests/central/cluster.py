"""A real PostgreSQL of its own, started by the tests from the system's package and stopped by them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
OWNER = "postgres"  # a PostgreSQL refuses to run as root
AS_OWNER: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.geteuid() == 0 else {}


def run(program: str, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as its owner; anything but success is an error."""
    command = [str(BIN / program), *arguments]
    given = {"capture_output": True, "text": True, "cwd": "/", **AS_OWNER, **more}
    done: subprocess.CompletedProcess[str] = subprocess.run(command, check=True, **given)
    return done


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@dataclass
class Cluster:
    """One server on loopback; `folder` belongs to its owner."""

    folder: Path
    port: int

    @property
    def place(self) -> str:
        return str(self.folder / "cluster")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        run(
            "pg_ctl", "-D", self.place, "-w", "-l", log, "-o", options, "start", capture_output=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self, how: str = "fast") -> None:
        run("pg_ctl", "-D", self.place, "-w", "-m", how, "stop")

    def halt(self) -> None:
        """Stop it if it runs."""
        if (Path(self.place) / "postmaster.pid").exists():
            self.stop("immediate")

    def sql(self, text: str, database: str = "postgres") -> str:
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-d", database]
        return run("psql", *where, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text).stdout.strip()

    def address(self, database: str) -> str:
        return f"postgresql+asyncpg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template0") -> str:
        name = f"kiosk_{uuid.uuid4().hex}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self.sql(f"DROP DATABASE {database} WITH (FORCE)")

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def new_folder() -> Path:
    """Make a folder that PostgreSQL's owner may use; pytest's own are shut to others."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-postgresql-"))
    if AS_OWNER:
        shutil.chown(folder, OWNER, OWNER)
    return folder


def new_cluster() -> Cluster:
    """Make and start a server that trusts whoever is on this machine, with checksums and all safety on."""
    cluster = Cluster(new_folder(), free_port())
    run("initdb", "-D", cluster.place, "-A", "trust", "-U", OWNER, "--data-checksums", "--no-locale",
        "--encoding=UTF8")  # fmt: skip
    cluster.start()
    return cluster
