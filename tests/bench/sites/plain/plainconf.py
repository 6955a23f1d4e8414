"""Our press with a plain theme: the same pages as the other sites of the benchmark, and no more.

Read in a copy of the project, beside its own settings.
"""

from pelicanconf import *  # noqa: F403

SITENAME = "样稿"
CANONICAL = "https://example.com/"
PLUGINS = ["plugins.reader", "plugins.summary", "plugins.plain"]
