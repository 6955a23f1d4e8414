"""The press: builds the site as Pelican does, and publishes it whole or not at all."""

from press.build import Press

__all__ = ["Press"]  # pelicanconf.py names it: PELICAN_CLASS = "press.Press"
