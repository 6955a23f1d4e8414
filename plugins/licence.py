"""Say what readers may do with an article.

Adds ``article.licence``; None for a reprint, whose licence is its author's.
Settings: ``LICENCE``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """``LICENCE`` in pelicanconf.py: known licences and the one of articles that name none."""

    default: str = "CC BY 4.0"
    text: str = "本文采用{name}许可：注明出处并附上链接，即可转载。"
    known: Mapping[str, str] = {
        "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
        "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.zh-hans",
        "CC BY-NC-ND 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.zh-hans",
        "保留所有权利": "",
    }

    def __post_init__(self) -> None:
        if self.default not in self.known:
            raise _facts.RefusalError(
                f'pelicanconf.py: LICENCE["default"] 写成了“{self.default}”；'
                f"可以写{'、'.join(self.known)}，别的许可要先写进known"
            )


class Licence(NamedTuple):
    """The licence line, for ``components/licence.html``."""

    text: str
    name: str  # as it stands in the text
    url: str


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Licence | None:
    """Find the licence of one article; an unknown name is refused."""
    head = metadata["head"]
    if metadata["kind"] not in {"article", "flash"} or head.reprint:
        return None
    name = head.licence or settings.default
    if name not in settings.known:
        raise _facts.RefusalError(
            f"{_facts.where(metadata, 'licence')} 不认识许可“{name}”；"
            f"可以写 {'、'.join(settings.known)}"
        )
    if not settings.known[name]:
        return Licence(f"{name}。", name, "")
    return Licence(settings.text.format(name=name), name, settings.known[name])


def register() -> None:
    """Join the run."""
    _facts.register("licence", settings=Settings, facts=facts)
