"""Before any test imports Kivy: nothing of this machine's configuration, no window that anybody sees."""

import os

from screens.lockdown import clean_environment

clean_environment(os.environ)
os.environ["SDL_VIDEODRIVER"] = "offscreen"
