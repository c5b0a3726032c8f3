"""The hatches of Kivy: which are closed before it is imported."""

import os
import subprocess
import sys

import pytest

from screens.lockdown import clean_environment
from tests.screens.glass_stand import ROOT

LOCKED = """
import os, sys
from screens import lockdown
lockdown.clean_environment(os.environ)
lockdown.seal_process()
lockdown.refuse_clipboard()
lockdown.configure(320, 240, fullscreen=False)
from kivy.core.window import Window
lockdown.refuse_keys(Window)
from kivy.config import Config
import screens.app
"""


def locked(ending: str) -> str:
    words = [sys.executable, "-c", LOCKED + ending]
    environment = {"PATH": os.environ["PATH"], "SDL_VIDEODRIVER": "offscreen"}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_of_the_environment_reaches_kivy() -> None:
    environ = {"KIVY_NO_ARGS": "True", "KCFG_MODULES_INSPECTOR": "", "KIVY_HOME": "/home/x", "DISPLAY": ":0"}
    clean_environment(environ)
    assert environ["KIVY_NO_ARGS"] == environ["KIVY_NO_ENV_CONFIG"] == "1"
    assert not [name for name in environ if name.startswith("KCFG_")]
    assert environ["KIVY_HOME"] == "/nonexistent/kiosk"
    assert "SDL_VIDEODRIVER" not in environ


def test_without_a_display_it_draws_where_nobody_looks() -> None:
    environ: dict[str, str] = {}
    clean_environment(environ)
    assert environ["SDL_VIDEODRIVER"] == "offscreen"


def test_no_clipboard_text_input_or_module_is_ever_loaded() -> None:
    names = "print([n for n, m in sys.modules.items() if m and ('clipboard' in n or 'textinput' in n"
    names += " or 'vkeyboard' in n or n.startswith('kivy.modules.'))])"
    assert locked(names) == "[]"


@pytest.mark.parametrize("name", ["kivy.core.clipboard", "kivy.uix.textinput", "kivy.modules.inspector"])
def test_what_is_closed_cannot_be_imported(name: str) -> None:
    attempt = f"try:\n    __import__({name!r})\nexcept ImportError:\n    print('closed')"
    assert locked(attempt) == "closed"


def test_touches_have_one_source_and_escape_none() -> None:
    said = locked(
        "print(dict(Config.items('input')), Config.get('kivy', 'exit_on_escape'), Config.options('modules'))"
    )
    assert said == "{'mouse': 'mouse,disable_multitouch'} 0 []"


def test_neither_core_dump_nor_another_process_of_the_account_shows_its_memory() -> None:
    said = locked(
        "import ctypes, resource; print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))"
    )
    assert said == "(0, 0) 0"
