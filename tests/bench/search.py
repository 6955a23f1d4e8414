"""Measure the search beside Pagefind and grep: ``python -m tests.bench.search``.

Queries are pieces of 1 to 8 characters out of the corpus, taken at random. The truth is what a grep
over title, summary, body, tags and authors of the sources finds. Bytes are the bodies of all
answers to one query by a reader who comes for the first time, the ten first results with their
excerpts included, the page and its script not. Pagefind is installed for this alone.
"""

import argparse
import gzip
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from plugins import _search
from press import chromium
from press.server import Server
from tests.bench import corpus
from tests.bench.__main__ import FOLDER
from tests.bench.sites import Site, tool
from tests.index import Index, grep

PAGEFIND = "pagefind==1.5.2", "pagefind_bin_extended==1.5.2"
MARKUP = re.compile(r"^```\w*$|\]\([^)]*\)|[*\[\]>`]|^#+ |^- |^1\. |^\|[ :|-]+$", re.MULTILINE)
SHOWN = 10
HARNESS = "<!doctype html><title>Pagefind</title>"
ASK = """async ([query, all]) => {
    const engine = await import('/pagefind/pagefind.js');
    const start = performance.now();
    const {results} = await engine.search(query);
    const shown = await Promise.all(results.slice(0, all ? results.length : 10).map(one => one.data()));
    return [shown.map(one => one.url), results.length, performance.now() - start];
}"""


class Answer(NamedTuple):
    """What one query brought."""

    found: set[str]
    size: int  # bytes
    seconds: float


class Case(NamedTuple):
    """A query, and what it has to find."""

    query: str
    truth: set[str]


def sources(count: int) -> tuple[list[str], list[list[str]]]:
    """Return addresses and searched runs of the corpus, without the code of the site."""
    urls, texts = [], []
    for number in range(count):
        item = corpus.article(number)
        body = MARKUP.sub("", item.body).replace("|", "\n")
        lines = [item.title, *item.tags, item.author, item.summary, *body.splitlines()]
        urls.append(item.url)
        texts.append([run for line in lines for run in _search.runs(line)])
    return urls, texts


def cases(urls: Sequence[str], texts: Sequence[list[str]], count: int) -> list[Case]:
    """Take queries out of texts by lot."""
    dice, found = random.Random(2026), []  # noqa: S311  the same queries each time
    while len(found) < count:
        run = dice.choice(dice.choice(texts))
        size = dice.randint(1, 8)
        start = dice.randrange(max(1, len(run) - size + 1))
        query = run[start : start + size].strip(" .")
        if words := _search.words(f"“{query}”"):
            found.append(Case(f"“{query}”", {urls[place] for place in grep(words, texts)}))
    return found


def ours(output: Path, asked: Sequence[Case], urls: set[str]) -> list[Answer]:
    """Ask our index as the script does."""
    index, answers = Index.of(output), []
    for case in asked:
        index.forget()
        start = time.perf_counter()
        hits = index.find(case.query, SHOWN)
        seconds, size = time.perf_counter() - start, index.read
        first = next((hit.url for hit in hits[:SHOWN] if hit.inside), "")
        if first:  # whose page is fetched for the sentence
            size += len(gzip.compress((output / first / "index.html").read_bytes(), 6))
        found = {hit.url for hit in index.find(case.query) if not hit.spelt}
        answers.append(Answer(found & urls, size, seconds))
    return answers


def pagefind(output: Path, asked: Sequence[Case], urls: set[str]) -> tuple[list[Answer], float]:
    """Index the pages with Pagefind and ask it in Chromium; return the megabytes of its index too."""
    folder = FOLDER / "pagefind"
    if not (folder / "pagefind").is_dir():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(folder), *PAGEFIND]
        subprocess.run(command, check=True)
    subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(output), "--quiet"],
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        check=True,
    )
    made = sum(path.stat().st_size for path in (output / "pagefind").rglob("*") if path.is_file())
    (output / "pagefind/asked.html").write_text(HARNESS, encoding="utf-8")
    answers = []
    with Server(output) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), chromium_sandbox=False
        )
        for case in asked:
            sizes: list[int] = []
            page = browser.new_context().new_page()
            page.goto(f"{server.url}pagefind/asked.html")
            page.on(
                "response",
                lambda answer, sizes=sizes: sizes.append(
                    int(answer.headers.get("content-length", 0))
                ),
            )
            query = case.query.replace("“", "").replace("”", "")
            _, _, milliseconds = page.evaluate(ASK, [query, False])
            size = sum(sizes)
            links, _, _ = page.evaluate(ASK, [query, True])
            found = {link.removeprefix("/") for link in links}
            answers.append(Answer(found & urls, size, milliseconds / 1000))
            page.context.close()
        browser.close()
        server.shutdown()
    return answers, made / 1e6


def row(size: int, name: str, asked: Sequence[Case], answers: Iterable[Answer], more: str) -> str:
    """Return one line of the table."""
    recalls, precisions, sizes, times = [], [], [], []
    for case, answer in zip(asked, answers, strict=True):
        hits = len(case.truth & answer.found)
        recalls.append(hits / len(case.truth))
        if answer.found:
            precisions.append(hits / len(answer.found))
        sizes.append(answer.size / 1000)
        times.append(answer.seconds * 1000)
    return (
        f"| {size:,} | {name} | {len(sizes)} | {mean(recalls):.4f} | {mean(precisions):.4f} "
        f"| {mean(sizes):.1f} | {max(sizes):.1f} | {mean(times):.0f} | {more} |"
    )


def written(site: Site, mode: str) -> str:
    """Change the site as the benchmark of builds does; say what of the index was written anew."""
    folder = site.output / "search"
    before = {path.name: path.read_bytes() for path in folder.glob("*.bin")}
    site.change(mode, 0)
    cpu = site.build(1800).cpu
    now = {path.name: path.read_bytes() for path in folder.glob("*.bin")}
    new = {name: content for name, content in now.items() if before.get(name) != content}
    return (
        f"{mode}: {len(new)} file(s), {sum(map(len, new.values())) / 1e6:.2f} MB, CPU {cpu:.2f} s"
    )


def main(arguments: list[str]) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--pagefind", type=int, default=40, help="queries for Pagefind; 0: none")
    options = parser.parse_args(arguments)
    print("| articles | engine | queries | recall | precision | kB a query | most | ms | index |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|---|")
    for size in options.sizes:
        site = Site(tool("full", FOLDER), FOLDER / f"search-{size}", size)
        site.prepare()
        corpus.write((corpus.article(number) for number in range(size)), {site.content: "ours"})
        site.change("cold", 0)
        site.build(3600)  # what is made once in a machine's life is no part of a figure
        site.change("cold", 0)
        cold = site.build(3600).cpu
        urls, texts = sources(size)
        asked = cases(urls, texts, options.queries)
        made = sum(path.stat().st_size for path in (site.output / "search").glob("*.bin"))
        volumes = len(list((site.output / "search").glob("*.bin")))
        told = f"{made / size / 1000:.2f} kB an article, {volumes} file(s)"
        print(row(size, "ours", asked, ours(site.output, asked, set(urls)), told), flush=True)
        changes = [written(site, mode) for mode in ("edit", "add")]
        if options.pagefind:
            few = asked[: options.pagefind]
            answers, megabytes = pagefind(site.output, few, set(urls))
            told = f"{megabytes * 1000 / size:.2f} kB an article"
            print(row(size, "Pagefind", few, answers, told), flush=True)
        settings = site.folder / "pelicanconf.py"
        with settings.open("a", encoding="utf-8") as file:
            file.write('\nPLUGINS.remove("plugins.search")\n')
        site.change("cold", 0)
        without = site.build(3600).cpu
        print(
            f"\n{size:,}: cold build CPU {cold:.1f} s, {without:.1f} s without the search "
            f"({(cold - without) / cold:.0%}); {'; '.join(changes)}\n",
            flush=True,
        )
        shutil.rmtree(site.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
