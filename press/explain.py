"""Say in one line what went wrong, and where in this site."""

from pathlib import Path


def place(error: BaseException) -> str:
    """Name the line of this site (a template, a plugin, the settings) in which it went wrong."""
    import traceback  # noqa: PLC0415  for a failure only

    here = Path.cwd()
    not_ours = here / ".venv", Path(__file__).parent
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno))
    for name, line in reversed(places):
        path = here / name
        if not path.is_file():  # <string>, <frozen importlib>
            continue
        if path.is_relative_to(here) and not any(path.is_relative_to(away) for away in not_ours):
            return f"{path.relative_to(here)}:{line}: "
    return ""


def one_line(text: str) -> str:
    """Put a message of several lines into one."""
    return " ".join(text.split())


def explain(error: BaseException) -> str:
    """Say in one line what went wrong and where, also of what went wrong in another process."""
    where = getattr(error, "place", "") or place(error)
    return one_line(f"{where}{type(error).__name__}: {error}")
