"""Show search engines that the site is ours: the tags of their webmaster tools, on the front page.

Lends templates ``verification``. Settings: ``VERIFICATION``, see :class:`Settings`.
"""

import re
from collections.abc import Iterator

from plugins import _facts
from plugins._frozen import Frozen

CODE = re.compile(r"[\w.=+/-]{4,100}", re.ASCII)
NAMES = {
    "google": "google-site-verification",
    "bing": "msvalidate.01",
    "baidu": "baidu-site-verification",
    "qihoo": "360-site-verification",
    "sogou": "sogou_site_verification",
}


class Settings(Frozen):
    """``VERIFICATION`` in pelicanconf.py: what each engine calls ``content``; "": no tag."""

    google: str = ""
    bing: str = ""
    baidu: str = ""
    qihoo: str = ""  # 360
    sogou: str = ""

    def __post_init__(self) -> None:
        for name, code in vars(self).items():
            if code and not CODE.fullmatch(str(code)):
                raise _facts.RefusalError(
                    f'pelicanconf.py: VERIFICATION["{name}"]只写content里的那一串字母和数字，'
                    "不要整个<meta>标签"
                )


def verification(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield name and content of each tag."""
    for field, name in NAMES.items():
        if code := getattr(settings, field):
            yield name, code


def register() -> None:
    """Join the run."""
    _facts.register(
        "verification", settings=Settings, template_globals={"verification": verification}
    )
