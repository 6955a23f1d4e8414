"""QR codes of addresses (ISO/IEC 18004), at level M: a seventh of the code may be lost."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

MASK = 3  # any is read; to weigh all eight against one another takes four times as long
QUIET = 4  # dots of clear ground that a code needs around it
# Of a drawing, for who cannot see it; without blurred edges between dots.
SHOWN = '<svg role="img" aria-label="二维码" shape-rendering="crispEdges"'


@lru_cache(maxsize=8)
def code(address: str) -> "QRCode":
    """Return the code of an address."""
    import segno  # noqa: PLC0415  few builds draw one

    return segno.make(address, error="m", micro=False, boost_error=False, mask=MASK)


def dots(address: str) -> tuple[tuple[int, ...], ...]:
    """Return the code as rows of dots, 1 dark and 0 light, without the quiet zone."""
    return tuple(map(tuple, code(address).matrix_iter(border=0)))


def svg(address: str) -> str:
    """Return the code as a drawing, dark on white in any theme."""
    plain = code(address).svg_inline(
        border=QUIET, light="#fff", svgclass=None, lineclass=None, omitsize=True
    )
    return plain.replace("<svg", SHOWN, 1)
