"""Images made from Debian's packages: no registry is asked.

For docs/deployment/compose.yaml `postgres:15` and `nginx:1.26` stand in for those of Docker Hub and do what
is documented of them; `council-kiosk` is made by the shipped Containerfile. For one-machine.md there is a
Debian with its own systemd, on which what needs the network was done.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TREE = Path(__file__).resolve().parents[2]
RELEASE, MIRROR = "bookworm", "http://deb.debian.org/debian"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
INSTALL = "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends"
PYTHON = f"""FROM debian-{RELEASE}
RUN {INSTALL} python3 python3-pip && ln -s python3 /usr/bin/python \\
    && rm -f /usr/lib/python3*/EXTERNALLY-MANAGED
"""
NGINX = f"""FROM debian-{RELEASE}
RUN {INSTALL} nginx && rm /etc/nginx/sites-enabled/default
"""
POSTGRES = f"""FROM debian-{RELEASE}
RUN {INSTALL} postgresql-15
COPY entrypoint.sh /usr/local/bin/
ENV PGDATA=/var/lib/postgresql/data
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
STOPSIGNAL SIGINT
ENTRYPOINT ["/usr/local/bin/entrypoint.sh"]
CMD ["postgres"]
"""
ENTRYPOINT = """#!/bin/sh
set -eu
if [ "$(id -u)" = 0 ]; then
    install -d -o postgres -m 700 "$PGDATA"
    [ -s "$PGDATA/PG_VERSION" ] || install -o postgres -m 600 "$POSTGRES_PASSWORD_FILE" /tmp/password
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust \\
        $POSTGRES_INITDB_ARGS
    rm /tmp/password
    echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
    pg_ctl -w -o '-c listen_addresses=' start
    [ "$POSTGRES_DB" = postgres ] || createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl -m fast -w stop
fi
exec "$@" -c listen_addresses='*'
"""


WHOLE_MACHINE = f"""FROM debian-{RELEASE}
RUN {INSTALL} systemd systemd-sysv dbus adduser
ENV DEBIAN_FRONTEND=noninteractive
COPY . /source
WORKDIR /source
STOPSIGNAL SIGRTMIN+3
CMD ["/lib/systemd/systemd"]
"""


def make(docker: Callable[..., str], folder: Path) -> None:
    """Make every image; `docker` runs a command of an engine that reaches the network."""
    _make_debian(docker, folder)
    _make(docker, folder / "python", "python:3.11-slim", PYTHON)
    _make(docker, folder / "nginx", "nginx:1.26", NGINX)
    _make(docker, folder / "postgres", "postgres:15", POSTGRES)
    source = folder / "source"
    _copy_sources(source)
    shipped = source / "docs" / "deployment" / "Containerfile"
    docker("build", "--quiet", "--network=host", "--file", str(shipped), "--tag=council-kiosk", str(source))


def make_whole_machine(docker: Callable[..., str], folder: Path, fetching: list[str]) -> None:
    """Make `whole-machine`, the sources in `/source`; `fetching` are the commands that need the network."""
    _make_debian(docker, folder)
    source = folder / "source"
    _copy_sources(source)
    recipe = folder / "Dockerfile"
    recipe.write_text(WHOLE_MACHINE + "".join(f"RUN {line}\n" for line in fetching), "utf-8")
    docker("build", "--quiet", "--network=host", f"--file={recipe}", "--tag=whole-machine", str(source))


def _make_debian(docker: Callable[..., str], folder: Path) -> None:
    root, packed = folder / "debian", folder / "debian.tar"
    words = ["debootstrap", "--variant=minbase", "--include=ca-certificates", RELEASE, str(root), MIRROR]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(CERTIFICATES, root / CERTIFICATES.relative_to("/"))
    with tarfile.open(packed, "w") as archive:
        archive.add(root, arcname=".", filter=lambda each: None if each.name.startswith("./dev/") else each)
    docker("import", str(packed), f"debian-{RELEASE}")


def _make(docker: Callable[..., str], place: Path, name: str, recipe: str) -> None:
    place.mkdir()
    (place / "Dockerfile").write_text(recipe, "utf-8")
    entrypoint = place / "entrypoint.sh"
    entrypoint.write_text(ENTRYPOINT, "utf-8")
    entrypoint.chmod(0o755)
    docker("build", "--quiet", "--network=host", f"--tag={name}", str(place))


def _copy_sources(to: Path) -> None:
    listed = subprocess.run(
        ["git", "-C", str(TREE), "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - found by PATH
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        if (TREE / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TREE / name, to / name)
