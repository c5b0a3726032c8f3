"""The page of errors says what the program says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_error_code_stands_on_the_page_with_its_next_step() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".make" / "errors.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
