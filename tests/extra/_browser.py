"""Open pages in a browser of the machine, with puppeteer: the one driver for Chromium and Firefox."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from press.server import Server
from tests.extra import _node

PUPPETEER = "puppeteer-core@25.16.0"
AXE = "axe-core@4.14.1"
PHONE, DESK = (390, 844), (1440, 900)
# The parts of a page by which one sees its layout.
PARTS = (
    ".masthead, .navigation, .breadcrumbs, h1, .byline, .lead, .story__body, .story__sidebar,"
    " .front__lead, .front__seconds, .front__flash, .thirds, .rows, .footer"
)
SCRIPT = """
const fs = require('fs');
const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const AsyncFunction = (async () => {}).constructor;
// Wait for what a function finds in a page, which may be replaced meanwhile; the policy allows no eval there.
async function until(page, find, ...given) {
  let failed = '';
  for (let left = 100; left; left--) {
    const found = await page.evaluate(find, ...given).catch(error => { failed = error; });
    if (found) return found;
    await new Promise(done => setTimeout(done, 100));
  }
  throw Error(`no answer of ${page.url()} ${failed}`);
}
(async () => {
  const {default: puppeteer} = await import('puppeteer-core');
  const axe = given.axe ? fs.readFileSync(given.axe, 'utf8') : '';
  const browser = await puppeteer.launch({
    browser: given.browser, executablePath: given.program, headless: true,
    args: given.browser === 'chrome' ? ['--no-sandbox', '--disable-gpu'] : [],
  });
  const told = [];
  for (const look of given.looks) {
    const page = await browser.newPage(), errors = [];
    page.on('pageerror', error => errors.push(String(error)));
    await page.setViewport({width: look.width, height: look.height});
    if (axe) {
      await page.setBypassCSP(true);
      await page.emulateMediaType(look.print ? 'print' : 'screen');
      await page.emulateMediaFeatures(
        [{name: 'prefers-color-scheme', value: look.dark ? 'dark' : 'light'}]);
    }
    await page.goto(look.url, {waitUntil: 'load'});
    // A scroll bar takes room in Firefox: the page is to have as much as it has on a phone.
    await page.evaluate(() => { document.documentElement.style.scrollbarWidth = 'none'; });
    const found = {
      sideways: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      parts: await page.evaluate(parts => [...document.querySelectorAll(parts)].map(node => {
        const box = node.getBoundingClientRect();
        const name = node.className.split(' ')[0] || node.localName;
        return [name, Math.round(box.left), Math.round(box.width), Math.round(box.top), Math.round(box.height)];
      }), given.parts),
    };
    if (axe) {
      await page.evaluate(axe);
      found.axe = await page.evaluate(async tags => {
        const told = await window.axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
        return told.violations.map(one => one.id + ' ' + one.nodes[0].target);
      }, given.tags);
    }
    if (look.act) {
      found.told = await new AsyncFunction('page', 'until', look.act)(page, until).catch(String);
      // A page that is closed while it loads has an error.
      await page.waitForNetworkIdle({timeout: 5000}).catch(() => {});
    }
    found.errors = errors;
    if (look.shot) await page.screenshot({path: look.shot});
    told.push(found);
    await page.close();
  }
  await browser.close();
  console.log(JSON.stringify(told));
})().catch(error => { console.error(String(error)); process.exit(1); });
"""


def look(
    site: Path,
    browser: str,
    program: str,
    looks: Iterable[dict[str, Any]],
    base: str = "/",
    **options: Any,
) -> list[dict[str, Any]]:
    """Open pages (``path``, ``width``, ``height`` …) and return what was found on each.

    ``act``: the body of a function of ``page`` and ``until``, done there as a reader would; what it
    returns is ``told``. ``base``: the path below which the site is served.
    """
    _node.install(PUPPETEER)
    with Server(site, base=base) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        given = {
            "browser": browser,
            "program": program,
            "parts": PARTS,
            "looks": [{**one, "url": server.url + one["path"]} for one in looks],
            **options,
        }
        try:
            return _node.run(SCRIPT, given)
        finally:
            server.shutdown()
