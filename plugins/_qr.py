"""QR codes of addresses (ISO/IEC 18004), at level M: a seventh of the code may be lost."""

from functools import lru_cache

MASK = 3  # any is read; to weigh all eight against one another takes four times as long
QUIET = 4  # dots of clear ground that a code needs around it


@lru_cache(maxsize=8)
def dots(address: str) -> tuple[tuple[int, ...], ...]:
    """Return the code as rows of dots, 1 dark and 0 light, without the quiet zone."""
    import segno  # noqa: PLC0415  few builds draw one

    made = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK)
    return tuple(map(tuple, made.matrix_iter(border=0)))


def svg(address: str) -> str:
    """Return the code as a drawing, dark on white in any theme."""
    rows = dots(address)
    size = len(rows) + 2 * QUIET
    path = []
    for y, row in enumerate(rows, start=QUIET):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                path.append(f"M{x + QUIET} {y}h{end - x}v1H{x + QUIET}z")
            x = end + 1
    ground = f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
    return f'<svg viewBox="0 0 {size} {size}" role="img" aria-label="二维码" shape-rendering="crispEdges">{ground}<path d="{"".join(path)}"/></svg>'
