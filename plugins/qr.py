"""Lend templates ``qr(address)``: a QR code as an inline drawing."""

from markupsafe import Markup

from plugins import _facts
from plugins._qr import svg


def qr(_settings: _facts.NoSettings, address: str) -> Markup:
    """Return the code of an address."""
    return Markup(svg(address))  # noqa: S704  nothing but numbers


def register() -> None:
    """Join the run."""
    _facts.register("qr", template_globals={"qr": qr})
