// What a page does for readers whose browser runs scripts. The page imports this file at the first
// tap or key (plugins/enhancements.py). Nothing here is needed to read.

const root = document.documentElement;
const $ = (selector, from = document) => [...from.querySelectorAll(selector)];

/** Make an element: make("button", {type: "button"}, "复制"). */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Tell those who cannot see what has happened. */
const live = make("p", { class: "enhanced-live", role: "status" });
const say = (text) => (live.textContent = text);

/** What was kept under a name, or else; somebody may have written anything there. */
function read(name, otherwise) {
  try {
    const found = JSON.parse(localStorage[name]);
    return Array.isArray(found) ? found : otherwise;
  } catch (error) {
    return otherwise;
  }
}

function write(name, value) {
  try {
    localStorage[name] = JSON.stringify(value);
  } catch (error) {
    // Storage is full or forbidden: a choice holds for this page.
  }
}

// ---- light and dark, size of text ----

const CHOICES = {
  theme: ["外观", { "": "跟随系统", light: "浅色", dark: "深色" }],
  size: ["字号", { "": "标准", large: "大", larger: "特大" }],
};

/** Classes of <html>, which styles/tokens.css knows and the script of every page sets again. */
function choose(key, value) {
  root.classList.remove(...Object.keys(CHOICES[key][1]).filter(Boolean));
  if (value) root.classList.add(value);
  try {
    localStorage.reading = root.className;
  } catch (error) {
    // Storage is full or forbidden: the choice holds for this page.
  }
}

function preferences() {
  const box = make("div", { class: "enhanced-choices", role: "group", "aria-label": "阅读设置" });
  for (const [key, [name, values]] of Object.entries(CHOICES)) {
    const group = make("p", { role: "group", "aria-label": name }, `${name} `);
    for (const [value, label] of Object.entries(values)) {
      const pressed = value === (Object.keys(values).find((one) => one && root.classList.contains(one)) ?? "");
      const button = make("button", { type: "button", "aria-pressed": pressed }, label);
      button.addEventListener("click", () => {
        choose(key, value);
        for (const other of $("button", group)) other.setAttribute("aria-pressed", other === button);
      });
      group.append(button);
    }
    box.append(group);
  }
  $(".footer .wrap")[0]?.prepend(box);
}

// ---- code: copy ----

function copying(pre) {
  const button = make("button", { type: "button", class: "enhanced-copy" }, "复制代码");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "已复制";
      say("代码已复制");
      setTimeout(() => (button.textContent = "复制代码"), 2000);
    } catch (error) {
      getSelection().selectAllChildren(pre);
      say("浏览器不让复制，已经选中，请用系统的复制");
    }
  });
  pre.before(button);
}

// ---- tables: sort ----

const UNITS = { 千: 1e3, 万: 1e4, 亿: 1e8 };

/** Read a number as tables have it: "约1,989.5亿件" is 198950000000; a date, a range, a name: null. */
function numberOf(text) {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "").replace("−", "-");
  const found = /^[约近超]?([-+]?\d+\.?\d*)([千万亿]*)[^\d(]*(\(|$)/.exec(plain);
  return found && [...found[2]].reduce((product, unit) => product * UNITS[unit], +found[1]);
}

function sorting(table) {
  const heads = $("thead th", table);
  const rows = $("tbody tr", table);
  if (rows.length < 3) return;
  heads.forEach((th, column) => {
    const name = th.textContent.trim();
    if (!name) return;
    const button = make("button", { type: "button", class: "enhanced-sort" }, ...th.childNodes);
    th.append(button);
    const texts = rows.map((row) => row.cells[column].textContent);
    const gaps = texts.map((text) => !/[\p{L}\p{N}]/u.test(text));
    const numbers = texts.map(numberOf);
    const numeric = numbers.every((number, at) => gaps[at] || number !== null);
    const compare = (a, b) => numeric ? numbers[a] - numbers[b] : texts[a].localeCompare(texts[b], "zh-CN", { numeric: true });
    // Of numbers people look for the largest; a third tap undoes it.
    const turns = numeric ? [-1, 1, 0] : [1, -1, 0];
    let taps = 0;
    button.onclick = () => {
      if (!th.hasAttribute("aria-sort")) taps = 0;
      const turn = turns[taps++];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (turn) th.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
      const order = [...rows.keys()].sort((a, b) => turn && (gaps[a] - gaps[b] || turn * compare(a, b)));
      table.tBodies[0].append(...order.map((at) => rows[at]));
      say(`表格已按“${name}”排：${["从大到小", "原来的次序", "从小到大"][turn + 1]}`);
    };
  });
}

// ---- long texts: where one was ----

const PLACES = 20; // texts whose place is kept, the newest

function keepingPlace(story) {
  const here = location.pathname;
  const places = new Map(read("places", []).filter((one) => Array.isArray(one)));
  const known = places.get(here);
  const height = () => root.scrollHeight - innerHeight;
  addEventListener("pagehide", () => {
    const now = scrollY / height();
    places.delete(here);
    if (now > 0.05 && now < 0.9) places.set(here, now); // who read to the end needs no place
    write("places", [...places].slice(-PLACES));
  });
  if (!known || Math.abs(known * height() - scrollY) < innerHeight) return;
  const button = make("button", { type: "button", class: "enhanced-place" }, "回到上次读到的地方");
  button.addEventListener("click", () => {
    scrollTo(0, known * height());
    button.remove();
  });
  story.prepend(button); // out of the flow: nothing moves
}

// ---- the search field: / leads to it ----

/** Answer to a key; to the one that fetched this file, the page itself lets us. */
export function key(event) {
  if (event.key !== "/" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|select|textarea)$/i.test(event.target.tagName)) return;
  event.preventDefault(); // Firefox would search the page
  $("[name=q]")[0]?.focus();
}

// ---- all of it ----

// No colour of its own: what it adds looks like the text around it, in light and dark.
const STYLE = `
.enhanced-live{position:absolute;clip-path:inset(50%);width:1px;height:1px;margin:0;overflow:hidden}
.enhanced-choices{margin-bottom:12px}
.enhanced-choices p{margin:0}
.enhanced-choices button,.enhanced-copy{min-width:32px;min-height:32px;padding:4px 0 2px;border:0;border-bottom:2px solid transparent;margin:0 0 0 16px;background:none;color:inherit;font:inherit;cursor:pointer}
.enhanced-choices [aria-pressed=true]{border-color:currentColor;font-weight:700}
.enhanced-copy{display:block;margin:0 0 -12px auto;font-size:.8125rem}
.enhanced-sort{padding:0;border:0;background:none;color:inherit;font:inherit;text-align:inherit;cursor:pointer}
[aria-sort=ascending] .enhanced-sort::after{content:"↑"}
[aria-sort=descending] .enhanced-sort::after{content:"↓"}
@media(min-width:640px){.enhanced-sort::after{content:"↕"}}
.enhanced-place{position:fixed;right:16px;bottom:16px;padding:8px 12px;border:1px solid;background:Canvas;color:CanvasText;font:inherit;cursor:pointer}
@media print{.enhanced-place,.enhanced-choices,.enhanced-copy,.enhanced-sort::after{display:none}}`;

try {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE); // the policy of the page allows no style element
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
} catch (error) {
  // An old browser shows plain buttons.
}
globalThis.onpointerdown = null;
globalThis.onkeydown = key;
document.body.append(live);
preferences();
$(".story").filter((story) => $(".outline", story).length).forEach(keepingPlace);
$(".prose pre").forEach(copying);
$(".prose .table table").forEach(sorting);
