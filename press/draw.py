"""Draw pages as Pelican's writer does, from values that are known to be all that they show.

What a template may see of Pelican's run but the press does not have (all articles of the site, the
clock, folders of this machine) stands there as :class:`Elsewhere`: whoever touches it makes the
press let Pelican build the site.
"""

import importlib.util
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    Template,
)
from jinja2.bccache import Bucket, BytecodeCache

from plugins import _content, _facts
from press import store
from press.scope import NeedsPelicanError
from press.settings import VOLATILE

# What Pelican's generators give every template.
SITE_WIDE = [
    "articles",
    "authors",
    "categories",
    "dates",
    "draft_pages",
    "drafts",
    "generated_content",
    "hidden_articles",
    "hidden_pages",
    "pages",
    "period_archives",
    "related_posts",
    "static_content",
    "static_links",
    "staticfiles",
    "tags",
]
LINKED = re.compile(r"""=\s*["'][{|]""")  # where Pelican may find {filename} and the like


class Elsewhere:
    """Stands for a value that only Pelican has; any use of it says so."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _needed(self, *_: Any) -> Any:
        raise NeedsPelicanError(self._name)

    __getattr__ = __getitem__ = __iter__ = __len__ = __bool__ = __str__ = __call__ = _needed
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __add__ = __html__ = _needed
    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> Any:
        raise NeedsPelicanError(self._name)


class Article:
    """An article or page as templates see Pelican's, without Pelican."""

    def __init__(self, values: Mapping[str, Any], html: str) -> None:
        self.__dict__.update(values)
        self._html = html

    @property
    def content(self) -> str:
        """The body."""
        if LINKED.search(self._html):
            raise NeedsPelicanError("content")
        return self._html

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NeedsPelicanError(name)

    def __str__(self) -> str:
        raise NeedsPelicanError("str")


def article_of(
    text: _content.Text, facts: Mapping[str, Any], relations: Mapping[str, Any]
) -> Article:
    """Return what a template gets as ``article`` or ``page``."""
    values = _content.metadata(text) | dict(facts) | dict(relations)
    return Article(values, text.html)


class Compiled(BytecodeCache):
    """Templates as Python's code, which Jinja's own cache would run also if it was harmed.

    ``version`` names what a template is compiled to besides its source: options, filters, program.
    """

    def __init__(self, folder: Path, version: bytes) -> None:
        self.folder = folder
        self.version = version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take up what was kept, which Jinja compares with the template's source."""
        if (payload := store.load(self.folder / bucket.key, self.version)) is not None:
            bucket.bytecode_from_string(payload)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, unless another process is doing so."""
        with suppress(FileNotFoundError):
            store.save(self.folder / bucket.key, self.version, bucket.bytecode_to_string())


class Artist:
    """Jinja with the theme, the settings and the plugins' functions of one run."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        functions: Mapping[str, Callable[..., Any]],
        cache: Path,
        version: bytes,
    ) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        theme = FileSystemLoader(Path(settings["THEME"]) / "templates")
        simple = FileSystemLoader(pelican_folder() / "themes/simple/templates")
        self.environment = Environment(  # noqa: S701  as the settings say
            loader=ChoiceLoader(
                [theme, simple, PrefixLoader({"!simple": simple, "!theme": theme})]
            ),
            bytecode_cache=Compiled(cache, version),
            auto_reload=False,
            cache_size=-1,
            **settings["JINJA_ENVIRONMENT"],
        )
        self.environment.filters["strftime"] = _strftime
        self.environment.filters.update(settings["JINJA_FILTERS"])
        self.environment.globals.update(settings["JINJA_GLOBALS"])
        self.environment.tests["plugin_enabled"] = partial(_enabled, settings["PLUGINS"])
        self.environment.tests.update(settings["JINJA_TESTS"])
        self.environment.globals.update(functions)
        self.extensions = settings["TEMPLATE_EXTENSIONS"]
        self.relative = settings["RELATIVE_URLS"]
        self.context = {
            **{name: Elsewhere(name) for name in SITE_WIDE},
            **{
                name: Elsewhere(name) if name in VOLATILE else value
                for name, value in settings.items()
            },
            "localsiteurl": Elsewhere("localsiteurl"),
        }
        self._templates: dict[str, Template] = {}

    def template(self, name: str) -> Template:
        """Return a template by its name without the extension, as Pelican finds it."""
        if name not in self._templates:
            names = [f"{name}{extension}" for extension in self.extensions]
            template = self.environment.select_template(names)
            template.globals = dict(template.globals)  # a chain of two is read for every page
            self._templates[name] = template
        return self._templates[name]

    def draw(self, save_as: str, template: str, data: Mapping[str, Any], *, relative: bool) -> str:
        """Return a page."""
        context = {**self.context, "output_file": save_as}
        if relative:
            context["SITEURL"] = "/".join([".."] * save_as.count("/")) or "."
        context.update(data)
        return self.template(template).render(context)


def pelican_folder() -> Path:
    """Find Pelican without loading it.

    Raises:
        ModuleNotFoundError: it is not installed.

    """
    spec = importlib.util.find_spec("pelican")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pelican")
    return Path(spec.origin).parent


def _strftime(moment: Any, form: Any = None) -> str:
    from pelican.utils import DateFormatter  # noqa: PLC0415  a theme of its own may want it

    return DateFormatter()(moment, form)


def _enabled(plugins: list[str], name: str) -> bool:
    from pelican.plugins._utils import plugin_enabled  # noqa: PLC0415  as above

    return plugin_enabled(name, plugins)


def functions_of(
    plugins: Mapping[str, _facts.Plugin], settings: Mapping[str, Any]
) -> dict[str, Callable[..., Any]]:
    """Return the functions that plugins lend to templates."""
    return {
        key: partial(function, settings[name])
        for name, plugin in plugins.items()
        for key, function in (plugin.template_globals or {}).items()
    }
