"""All that is said about the distribution: its name, its version, its packages, what it needs.

Settings of tools are in pyproject.toml; the exact versions that are installed are in requirements*.txt.
"""

import re
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = re.search(r'^__version__ = "(.+)"$', (HERE / "kiosk/__init__.py").read_text("utf-8"), re.MULTILINE)
README = HERE / "README.md"
ROOMS = ["kiosk", "screens", "devices"]

RUNTIME = [
    "apsw>=3.51.3",  # carries its own SQLite: the WAL reset bug is mended from 3.51.3
    "babel>=2.14",
    "cryptography>=50",
    "defusedxml>=0.7.1",  # reads what other people's servers answer
    "kivy>=2.3.1,<3",
    "pillow>=11",  # the simulators draw their paper with it
    "pydantic>=2.7",
    "pydantic-core>=2.18",
    "pyserial>=3.5",
    "qrcode>=8",
    "requests>=2.32",
    "ruamel.yaml>=0.18",
    "tzdata>=2024.1",  # local time on glass and paper, also where the system has no zones
    "urllib3>=2",  # what requests speaks with; the courier hardens it
]
CENTRAL = [
    "alembic>=1.13",
    "asyncpg>=0.30",
    "fastapi>=0.110",
    "jinja2>=3.1",
    "prometheus-client>=0.20",
    "pyjwt>=2.8",
    "python-multipart>=0.0.9",
    "sqlalchemy[asyncio]>=2.0",  # with greenlet, on which work written once runs on the asynchronous driver
    "standardwebhooks>=1.0",
    "starlette>=0.37",
    "uvicorn>=0.29",
]
PCSC = ["pyscard>=2.3"]  # chip cards; built against libpcsclite
WEDGE = ["evdev>=1.7"]  # scanners that type like a keyboard; built against the kernel's headers
ASSISTIVE = ["accesskit>=0.7"]  # tells programs on the bus of AT-SPI what stands on the glass
DEV = [
    *ASSISTIVE,
    *PCSC,  # chip cards: the tests speak with the real service
    *WEDGE,
    "asyncpg-stubs",
    "axe-playwright-python>=0.1",  # the stranger that knows what WCAG asks of a page
    "civicbot>=0.4",  # a stranger that hands requests in by Open311
    "georeport>=0.3",  # a stranger that reads requests by Open311
    "httpx2>=2",  # what Starlette's test client speaks with
    "huey>=2.5",  # a peer on the store's bench
    "hypothesis>=6.100",
    "import-linter>=2",
    "markdown-it-py>=3",  # reads documents as whoever hears them finds them
    "mypy>=1.10",
    "packaging>=24",
    "persist-queue>=1.0",  # as huey
    "pip-tools>=7.4",
    "playwright>=1.45",  # opens the desk's pages in a real browser
    "pre-commit>=3.7",
    "pytest>=8.2",
    "pytest-timeout>=2.3",
    "pytest-xdist>=3.6",  # two workers: half the tests wait for a wire, a disk or another process
    "python-escpos>=3.1",  # the stranger that cross-checks the encoder's bytes
    "pyzbar>=0.1.9",  # the stranger that reads codes off the rendered paper
    "ruff>=0.5",
    "schemathesis>=4",  # the stranger that tries the contract of central
    "types-defusedxml",
    "types-pyserial",
    "types-qrcode",
    "types-requests",
    "types-setuptools",
]
PACKED = [
    f"**/{files}"
    for files in (
        "*.css",
        "*.html",
        "*.kv",
        "*.po",
        "*.sql",
        "*.yaml",
        "assets/**/*",
        "fonts/**/*",
        "static/**/*",
        "templates/**/*",
    )
]

setup(
    name="council-kiosk",
    version=VERSION[1] if VERSION else "0",
    description="A reception kiosk for councils: touch, ticket, case.",
    long_description=README.read_text("utf-8") if README.exists() else "",
    long_description_content_type="text/markdown",
    license="MIT",
    license_files=["LICENSE"],
    python_requires=">=3.11",
    packages=find_packages(include=[*ROOMS, *(f"{room}.*" for room in ROOMS)]),
    package_data=dict.fromkeys(ROOMS, PACKED),
    install_requires=RUNTIME,
    extras_require={"central": CENTRAL, "pcsc": PCSC, "wedge": WEDGE, "assistive": ASSISTIVE, "dev": DEV},
    entry_points={"console_scripts": ["kiosk = kiosk.__main__:main"]},
    classifiers=[
        "Environment :: X11 Applications",
        "Operating System :: POSIX :: Linux",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
    ],
)
