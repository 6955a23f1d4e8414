"""Let pages do more for readers whose browser runs scripts, from the first tap on.

Every page holds one script of a few hundred bytes. It sets what the reader chose before (light or
dark, size of text) before anything is seen, and at the first tap or key imports
``theme/static/enhancements.js``, which has all the rest. So a page is as fast, and says the same,
without it. Lends templates ``enhancements``. Settings: ``ENHANCEMENTS``, see :class:`Settings`.
"""

from markupsafe import Markup

from plugins import _facts
from plugins._frozen import Frozen

LARGEST = 400  # bytes that every page may carry for it
# The icon's address tells where the site begins, also below a folder and in a page shown elsewhere.
SCRIPT = (
    'try{document.documentElement.className=localStorage.reading||""}catch{}'
    'onpointerdown=onkeydown=e=>import(new URL("theme/enhancements.js",'
    'document.querySelector("[rel=icon]").href)).then(m=>m.key(e))'
)


class Settings(Frozen):
    """``ENHANCEMENTS`` in pelicanconf.py."""

    on: bool = True


def enhancements(settings: Settings) -> Markup:
    """Return the script that stands in the head of every page, "" while it is off."""
    return Markup(SCRIPT if settings.on else "")  # noqa: S704  our own


def register() -> None:
    """Join the run."""
    _facts.register(
        "enhancements", settings=Settings, template_globals={"enhancements": enhancements}
    )
