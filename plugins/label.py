"""Label what artificial intelligence wrote.

Adds ``article.label``: the line that a reader sees, None where no machine had a part. Grounds:
人工智能生成合成内容标识办法 (in force since 2025-09-01), article 4 on labels of text.
Settings: ``LABEL``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """``LABEL`` in pelicanconf.py: what counts where a head does not say, and the lines."""

    default: str = "generated"  # none, assisted or generated; "": each text has to say
    assisted: str = "本文由人撰写，使用了人工智能辅助"
    generated: str = "本文由人工智能生成，依据文末所列来源；数字以原始来源为准"

    def __post_init__(self) -> None:
        if self.default not in {"", "none", "assisted", "generated"}:
            raise _facts.RefusalError(
                f"pelicanconf.py: LABEL 的 default 写成了“{self.default}”；"
                "可以写 none、assisted、generated，留空则每篇都要写“人工智能”"
            )


class Label(NamedTuple):
    """The label, for ``components/label.html`` and the page's metadata."""

    kind: str
    text: str


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Label | None:
    """Take the head's word, else the site's default."""
    kind = metadata["head"].ai or settings.default
    if kind == "none" or metadata["kind"] == "page":
        return None
    if not kind:
        raise _facts.RefusalError(
            f"{_facts.where(metadata, 'ai')} 缺少“人工智能”：请在文件头加一行“人工智能: 无”，"
            "用了就写“辅助”或“生成”"
        )
    return Label(kind, settings.assisted if kind == "assisted" else settings.generated)


def register() -> None:
    """Join the run."""
    _facts.register("label", settings=Settings, facts=facts)
