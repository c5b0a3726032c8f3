"""Views as a real council would have them, for the gallery and the sweep: every body and entry, by name."""

from kiosk.core import views as v
from tests.screens.sample_english import english
from tests.screens.sample_others import others
from tests.screens.sample_pages import pages


def all_views() -> dict[str, v.View]:
    return {**dict(english()), **dict(others()), **dict(pages())}
