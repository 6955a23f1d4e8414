"""The plugins of the site; the path of an article through them is told in README.md."""
