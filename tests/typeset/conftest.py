"""One engine for all tests of the room: it is safe to share and its cache changes no picture."""

import pytest

from kiosk.typeset import Typesetter


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter()
