"""Make this checkout ready to run: system packages, .venv, Python packages from the lock file.

Responsible for one thing: after it, `.venv/bin/python` has what the lock file names. It needs nothing but a
Python from the system, does nothing when nothing changed, and knows no command of the kiosk.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".setup-stamp"
RUN_APT, DEV_APT = (ROOT / ".make" / name for name in ("packages.apt", "packages-dev.apt"))
APT_LISTS = {"run": (RUN_APT,), "dev": (RUN_APT, DEV_APT)}
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
OLDEST = (3, 11)
UPDATES_S = 600
"""As long as another one may be installing: a machine that was just switched on updates itself."""
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13")
PROBE = (
    "import sys, importlib.util as u; print(*sys.version_info[:2], int(u.find_spec('ensurepip') is not None))"
)


class NotReadyError(Exception):
    """Says in one sentence what a person must do before this can go on."""


class Python(NamedTuple):
    """One interpreter of this machine; Debian packs `ensurepip`, which fills a new .venv, apart."""

    path: str
    version: tuple[int, int]
    has_ensurepip: bool

    @property
    def venv_package(self) -> str:
        """Name the Debian package that lets this interpreter make a virtual environment."""
        return "python{}.{}-venv".format(*self.version)


def main(purpose: str) -> int:
    """Install for `purpose` ("run" or "dev"); return the exit status."""
    mark = fingerprint(purpose)
    if STAMP.exists() and mark in STAMP.read_text("utf-8").split():
        return 0
    try:
        install_system_packages(missing_system_packages(purpose))
        install_python_packages(LOCKS[purpose])
    except NotReadyError as stop:
        say(str(stop))
        return 1
    except subprocess.CalledProcessError as error:
        words = " ".join(str(word) for word in error.cmd)
        say(f"This command failed with exit status {error.returncode}; the reason is above:  {words}")
        return 1
    also_good = [fingerprint("run")] if purpose == "dev" else []
    STAMP.write_text("\n".join([mark, *also_good]) + "\n", "utf-8")
    return 0


def fingerprint(purpose: str) -> str:
    """Return a mark of everything that must be unchanged for an earlier installation to be good still."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (LOCKS[purpose], ROOT / "setup.py", *APT_LISTS[purpose], Path(__file__)):
        digest.update(path.read_bytes())
    return f"{purpose}-{digest.hexdigest()}"


def pythons() -> list[Python]:
    """Ask every interpreter on the path for its version and whether it has ensurepip."""
    found = []
    for path in filter(None, map(shutil.which, PYTHONS)):
        asked = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
        if asked.returncode:
            continue  # a shim of a version switcher, with nothing behind it
        major, minor, has_ensurepip = map(int, asked.stdout.split())
        found.append(Python(path, (major, minor), bool(has_ensurepip)))
    return found


def new_enough() -> Python | None:
    """Return the best interpreter: new enough, and with ensurepip if there is one."""
    fit = [python for python in pythons() if python.version >= OLDEST]
    return next((python for python in fit if python.has_ensurepip), fit[0] if fit else None)


def missing_system_packages(purpose: str) -> list[str]:
    """Return the names that apt has to install; none where there is no dpkg to ask."""
    if shutil.which("dpkg-query") is None:
        say("This is not Debian or Ubuntu: the packages named in .make/*.apt are yours to install.")
        return []
    lines = [line for path in APT_LISTS[purpose] for line in path.read_text("utf-8").splitlines()]
    names = [name for line in lines if (name := line.split("#")[0].strip())]
    missing = [name for name in names if not is_installed(name)]
    python = new_enough()
    if python is None:
        missing += ["python3.11", "python3.11-venv"]
    elif not python.has_ensurepip:
        missing.append(python.venv_package)
    return missing


def is_installed(name: str) -> bool:
    """Say whether dpkg has the package, by this name or the one that Ubuntu 24.04 gave some (`…t64`)."""
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}\n", name, f"{name}t64"],
        capture_output=True,
        text=True,
        check=False,
    )
    return "installed" in asked.stdout.split()


def install_system_packages(names: list[str]) -> None:
    """Install as root, or through sudo, which may ask a person for the password; else say what to type."""
    if not names:
        return
    words = " ".join(names)
    say(f"Installing system packages: {words}")
    sudo = [] if os.geteuid() == 0 else ["sudo"] if sys.stdin and sys.stdin.isatty() else ["sudo", "-n"]
    if sudo and not works([*sudo, "true"]):
        raise NotReadyError(
            f"It needs root for that. Install them, then try again:  sudo apt-get install {words}"
        )
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    apt += ["-o", f"DPkg::Lock::Timeout={UPDATES_S}"]
    run([*apt, "update"])
    if "python3.11" in names and not works(["apt-cache", "show", "python3.11"]):
        raise NotReadyError("Python 3.11 or newer is needed and apt has none here; Debian 12 has.")
    run([*apt, "install", "--yes", "--no-install-recommends", *names])


def install_python_packages(lock: Path) -> None:
    """Make .venv where it is missing or broken; install the lock file and this checkout into it."""
    inside = str(VENV / "bin" / "python")
    if not works([inside, "-m", "pip", "--version"]):
        python = new_enough()
        if python is None or not python.has_ensurepip:
            raise NotReadyError(
                "Python 3.11 or newer, with its venv module, is needed. Install it, then try again."
            )
        say("Making .venv")
        run([python.path, "-m", "venv", "--clear", str(VENV)])
    say(f"Installing Python packages of {lock.name}: a minute or three the first time")
    pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run([*pip, "--require-hashes", "--requirement", str(lock)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def works(command: list[str]) -> bool:
    """Say whether a command exists and ends well, in silence."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0


def run(command: list[str]) -> None:
    """Run a command that must end well; only its complaints are heard, and nobody is asked anything."""
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=quiet, check=True)


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
