// Searches what plugins/_search.py writes; plugins/README.md shows its bytes.
const FIELDS = 5, FORK = 8, DENSE = 16, CARD = 512, WEIGHTS = [8, 5, 3, 1, .5], LONGEST = 32, PAGE = 10, BUSY = "正在搜索……", STALE = "stale";
const RUN = /(?:[0-9]\.(?=[0-9])|[a-z0-9] (?=[a-z0-9])|[\p{L}\p{N}]|[%‰+#&@$¥€£°])+/gu;
const $ = name => document.querySelector(`.search${name}`);
const root = $(""), form = $("__form"), input = form.q, list = $("__results"), sample = $("__item"), more = $("__more");
const sum = values => values.reduce((all, one) => all + one, 0);
const base = new URL("./", location.href);
const volumes = root.dataset.volumes.split(" ").filter(Boolean).map(told => {
  const [name, ...years] = told.split(":").map((part, place) => place ? part.split(",").map(Number) : part);
  const count = sum(years.map(([, texts]) => texts));
  let buckets = 8;
  while (buckets < count * 8) buckets *= 2;
  return {url: new URL(name + ".bin", base), year: years.flatMap(([year, texts]) => Array(texts).fill(year)), count, buckets,
    full: Math.ceil(count / 128) * 16, first: 4 * (buckets + 1), kept: new Map()};
});
const newest = Math.max(...volumes.flatMap(({year}) => year.slice(-1)));
let simplified, asking = 0, found = [], shown = 0, words = [], timer;

const fold = text => [...text].map(sign =>
  [...sign.normalize("NFKC").toLowerCase()].map(one => simplified?.get(one) || one).join(""));
const runs = text => fold(text).join("").replace(/\s+/g, " ").replace(/([0-9]),(?=[0-9]{3})/g, "$1").match(RUN) || [];
const wordsOf = query => [...new Set(query.split(/“([^”]*)”|"([^"]*)"/).flatMap((part = "", place) =>
  (place % 3 ? [part] : part.split(/\s+/)).flatMap(runs)))].map(word => word.slice(0, LONGEST));

function asked(word) {
  if (word.length <= 3) return [[word], []];
  const must = [], inner = [];
  for (let at = 0; at < word.length - 2; at++) must.push(word.slice(at, at + 3));
  for (let start = 1; start < word.length - 2; start++)
    for (let end = start + 2; end < word.length; end++) inner.push([word.slice(start, end), word.slice(start - 1, end + 1)]);
  return [must, inner];
}

async function bytes(volume, from, to) {
  if (volume.whole) return volume.whole.subarray(from, to);
  const answer = await fetch(volume.url, {headers: {Range: `bytes=${from}-${to - 1}`}, cache: volume.cache});
  if (!answer.ok) throw Error(answer.status == 416 ? STALE : answer.status);
  const content = new Uint8Array(await answer.arrayBuffer());
  if (answer.status == 206) return content;
  volume.whole = content;
  return content.subarray(from, to);
}

function bucketOf(piece, buckets) {
  let value = Math.imul(piece.charCodeAt(0), 0x9E3779B1) ^ Math.imul(piece.charCodeAt(1) || 0, 0x85EBCA6B);
  value = Math.imul(value ^ value >>> 15, 0x2C1B3C6D);
  return (value ^ value >>> 13) & buckets - 1;
}

function bucket(volume, number) {
  if (!volume.kept.has(number)) volume.kept.set(number, (async () => {
    const [start, end] = new Uint32Array((await bytes(volume, 4 * number, 4 * number + 8)).slice().buffer);
    if (start == end) return new Map();
    const raw = await bytes(volume, start, end);
    const check = raw.subarray(2).reduce((all, byte, place) => all + byte * (place % 3 ? 31 : 32), raw.length - 2);
    if (end < start || (check & 65535) != (raw[0] | raw[1] << 8)) throw Error(STALE);
    return lists(raw, volume);
  })().catch(error => { volume.kept.delete(number); throw error; }));
  return volume.kept.get(number);
}

const key = (piece, flags) => piece + String.fromCharCode(flags);

function lists(raw, {count, full}) {
  const found = new Map();
  let at = 2, name = "";
  while (at < raw.length) {
    const flags = raw[at++], way = flags >> 5, {length} = name;
    name = name.slice(0, [length, 2, 0, 0, length, length - 1, 0, raw[at]][way]);
    let size = [0, 1, 2, 3, 1, 1, 1, raw[at + 1]][way];
    if (way == 7) at += 2;
    for (; size--; at += 2) name = key(name, raw[at] | raw[at + 1] << 8);
    const on = new Uint8Array(count);
    if (flags & DENSE) {
      for (let place = 0; place < count; place++) on[place] = raw[at + (place >> 3)] >> (place & 7) & 1;
      at += full;
    } else for (let place = -1, value = 0; !(value & 1);) {
      let shift = value = 0, byte;
      do { byte = raw[at++]; value |= (byte & 127) << shift; shift += 7; } while (byte > 127);
      on[place += (value >> 1) + 1] = 1;
    }
    const pair = key(name.slice(0, 2), flags & 15);
    found.set(key(name, flags & 15), on);
    if (~flags & FORK) found.set(pair, found.get(pair)?.map((yes, place) => yes | on[place]) || on);
  }
  return found;
}

async function stands(volume, word) {
  const [must, inner] = asked(word), numbers = new Set(must.map(piece => bucketOf(piece, volume.buckets)));
  const read = new Map();
  for (const part of await Promise.all([...numbers].map(number => bucket(volume, number)))) for (const [key, on] of part) read.set(key, on);
  volume.near = read;
  return Array.from({length: FIELDS}, (_, field) => {
    const on = new Uint8Array(volume.count), keys = must.map(piece => read.get(key(piece, field)));
    if (field == 4 && !/^[a-z]{2,}$/.test(word) || keys.includes(undefined)) return on;
    on.forEach((_, place) => { on[place] = keys.every(key => key[place]); });
    for (const [piece, longer] of inner) {
      const forks = read.get(key(piece, field | FORK)), true_ = read.get(key(longer, field));
      if (forks) on.forEach((_, place) => { if (forks[place] && !true_?.[place]) on[place] = 0; });
    }
    return on;
  });
}

async function look(query, tick) {
  const texts = sum(volumes.map(({count}) => count));
  const held = words.map(() => 0), hits = [];
  const rank = () => {
    const rare = held.map(count => Math.log(1 + texts / Math.max(1, count)));
    for (const hit of hits) {
      hit.score = sum(hit.on.map((fields, word) => rare[word] * sum(fields.map((on, field) => on * WEIGHTS[field]))));
      if (words.length > 1) hit.score += Math.max(...WEIGHTS.map((weight, field) => weight * hit.on.every(on => on[field]))) * sum(rare) / 2;
      hit.score *= 1 + .3 * .5 ** (newest - hit.volume.year[hit.place]);
    }
    found = hits.filter(chosen).sort((a, b) => a.spelt - b.spelt || b.score - a.score || volumes.indexOf(b.volume) - volumes.indexOf(a.volume) || b.place - a.place);
  };
  const one = async volume => {
    const all = await Promise.all(words.map(word => stands(volume, word)));
    const channels = form.channel.value && (volume.channels ||= await bytes(volume, volume.first, volume.first + volume.count));
    for (let place = 0; place < volume.count; place++) {
      const on = all.map(fields => fields.map(field => field[place])), exact = on.map(fields => fields.slice(0, 4).some(Boolean));
      const spelt = exact.includes(false);
      exact.forEach((yes, word) => { held[word] += yes; });
      if (!on.every(fields => fields.some(Boolean))) continue;
      if (!spelt) on.forEach(fields => { fields[4] = 0; });
      hits.push({volume, place, channel: channels[place], on, spelt});
    }
  };
  let ready = 0;
  await Promise.all(volumes.slice().reverse().map(async volume => {
    try { await one(volume); } catch (error) {
      if (error.message != STALE) throw error;
      volume.cache = "reload";
      volume.channels = null;
      volume.kept.clear();
      await one(volume);
    }
    if (query == asking && ++ready < volumes.length && hits.length && tick()) { rank(); await show(query, true); }
  }));
  if (query == asking) rank();
}

// Whether no text holds a character: it may be traditional.
async function unknown() {
  for (const sign of new Set(words.join("").replace(/[ -~]/g, "").match(/[^]/gu))) {
    const parts = await Promise.all(volumes.map(volume => bucket(volume, bucketOf(sign, volume.buckets))));
    if (!parts.some(part => [0, 1, 2, 3].some(field => part.has(key(sign, field))))) return true;
  }
}

const chosen = hit => (!form.year.value || form.year.value == hit.volume.year[hit.place])
  && (!form.channel.value || form.channel.value.split(",").includes(String(hit.channel)));

async function search() {
  const text = input.value.trim(), query = ++asking;
  document.title = (text ? text + "-" : "") + root.dataset.title;
  history.replaceState(null, "", text ? "?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value)) : "./");
  words = wordsOf(text);
  list.replaceChildren();
  more.hidden = true;
  found = [];
  shown = 0;
  if (!words.length) return say(text ? "请输入汉字、字母或数字。" : "");
  say(BUSY);
  const start = performance.now();
  try {
    await look(query, () => performance.now() - start > 400);
    if (!found.length && !simplified && await unknown()) {
      const pairs = [...(await (await fetch(new URL("traditional.txt", base))).text()).replace(/^#.*$|\n/gm, "")];
      simplified = new Map();
      for (let at = 0; at < pairs.length; at += 2) simplified.set(pairs[at], pairs[at + 1]);
      const again = wordsOf(text);
      if (query == asking && String(again) != String(words)) { words = again; await look(query, () => 0); }
    }
    if (query != asking) return;
    shown = 0;
    await show(query);
    const spelt = sum(found.map(hit => +hit.spelt)), exact = found.length - spelt;
    if (query == asking) found.length ? say((exact ? `找到${exact}篇。` : "没有一字不差的。") + (spelt ? `另有${spelt}篇的标题或标签拼音相合。` : "")) : await suggest(query);
  } catch (error) {
    if (query != asking) return;
    say(error.message == STALE ? "索引刚刚更新，请刷新本页再搜。" : "索引没有取到，可能断了网，或者网络不畅。", true);
  }
}

function say(text, retry) {
  list.setAttribute("aria-busy", text == BUSY);
  $("__told").textContent = text;
  $("__retry").hidden = !retry;
}

async function suggest(query) {
  const near = [], last = volumes.slice(-1)[0];
  for (const volume of volumes) {
    const points = new Uint16Array(volume.count);
    for (const word of words) for (let at = 0; at < word.length; at++) for (const field of [0, 1, 2])
      volume.near?.get(key(word.slice(at, at + 2), field))?.forEach((on, place) => { points[place] += on * (4 - field); });
    points.forEach((score, place) => score && near.push({volume, place, score}));
  }
  found = near.sort((a, b) => b.score - a.score).slice(0, 5);
  const close = found.length, channels = last && (last.channels ||= await bytes(last, last.first, last.first + last.count));
  for (let place = last ? last.count : 0; place-- && found.length < close + 3;) channels[place] && found.push({volume: last, place});
  shown = 0;
  await show(query);
  if (query == asking) say("没有找到。" + (close ? "下面先列用字相近的，再列最新的。" : found.length ? "下面是最新的文章。" : ""));
}

async function show(query, partly) {
  const wanted = found.slice(partly ? 0 : shown, shown + PAGE);
  const cards = await Promise.all(wanted.map(async ({volume, place}) => {
    volume.shown ||= new Map();
    if (!volume.shown.has(place)) {
      const at = volume.first + volume.count + CARD * place;
      volume.shown.set(place, JSON.parse(new TextDecoder().decode(await bytes(volume, at, at + CARD))));
    }
    return volume.shown.get(place);
  }));
  if (query != asking) return;
  const items = cards.map((card, place) => item(card, wanted[place]));
  if (partly || !shown) list.replaceChildren(...items); else list.append(...items);
  if (partly) return say(BUSY);
  shown += items.length;
  more.hidden = shown >= found.length;
  items.find(node => node.excerpt)?.excerpt();
  return items[0];
}

function item([url, title, day, channel, summary], hit) {
  const node = sample.cloneNode(true), link = node.querySelector("a");
  link.href = new URL("../" + url, base);
  node.hidden = false;
  link.replaceChildren(...marked(title));
  node.querySelector(".search__meta").textContent = [channel, day].filter(Boolean).join(" · ");
  const text = node.querySelector(".search__text"), button = node.querySelector("button");
  text.replaceChildren(...marked(summary));
  const unseen = hit.on && hit.on.some(on => on[3] && !on[0] && !on[2]);
  button.hidden = !unseen;
  if (unseen) {
    node.excerpt = async () => {
      node.excerpt = null;
      button.hidden = true;
      try {
        const page = new DOMParser().parseFromString((await (await fetch(link.href)).text()).replace(/<style[^]*?<\/style>/, ""), "text/html");
        const cut = cutOut([...page.querySelectorAll("main :is(p,li,td,th,h2,h3,h4,figcaption,pre,dt,dd,summary)")].map(block => block.textContent));
        if (cut) text.replaceChildren(...marked(cut));
      } catch { button.hidden = false; }
    };
    button.onclick = () => node.excerpt?.();
  }
  return node;
}

function places(text) {
  const folded = fold(text), at = folded.flatMap((part, place) => Array(part.length).fill(place)), plain = folded.join("");
  const signs = [...text], hits = [];
  for (const word of words) for (let from = 0; (from = plain.indexOf(word, from)) >= 0; from += word.length)
    hits.push([at[from], at[from + word.length - 1] + 1, word]);
  return {signs, hits: hits.sort((a, b) => a[0] - b[0] || b[1] - a[1])};
}

function marked(text) {
  const {signs, hits} = places(text), parts = [];
  let done = 0;
  for (const [from, to] of hits) if (from >= done) {
    const mark = document.createElement("mark");
    mark.textContent = signs.slice(from, to).join("");
    parts.push(signs.slice(done, from).join(""), mark);
    done = to;
  }
  return [...parts, signs.slice(done).join("")];
}

function cutOut(blocks) {
  let best, most = 0;
  for (const block of blocks) {
    const found = places(block), seen = new Set(found.hits.map(hit => hit[2])).size;
    if (seen > most) [best, most] = [found, seen];
  }
  if (!best) return "";
  const {signs, hits: [[hit]]} = best, cutter = globalThis.Intl?.Segmenter && new Intl.Segmenter("zh", {granularity: "word"});
  const starts = cutter ? [...cutter.segment(signs.join(""))].map(part => part.index) : [...signs.keys()];
  const word = at => at < signs.length ? Math.max(0, ...starts.filter(start => start <= at)) : at;
  const from = word(hit - 24), to = Math.max(word(from + 100), hit + 1);
  return (from ? "……" : "") + signs.slice(from, to).join("") + (to < signs.length ? "……" : "");
}

const later = () => { clearTimeout(timer); timer = setTimeout(search, 300); };
input.addEventListener("input", event => { if (!event.isComposing) later(); });
input.addEventListener("compositionend", later);
form.addEventListener("change", event => { if (event.target != input) search(); });
form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(timer); search(); });
$("__retry").addEventListener("click", search);
more.addEventListener("click", async () => (await show(asking))?.querySelector("a").focus());
document.addEventListener("keydown", event => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...list.querySelectorAll("a")], here = links.indexOf(document.activeElement);
  if (event.key == "ArrowDown" && (here >= 0 || document.activeElement == input) && links.length) links[Math.min(here + 1, links.length - 1)].focus();
  else if (event.key == "ArrowUp" && here >= 0) (links[here - 1] || input).focus();
  else return;
  event.preventDefault();
});
sample.remove();
$("__plain").remove();
$("__live").hidden = false;
const given = new URLSearchParams(location.search);
for (const name of ["q", "channel", "year"]) form[name].value = given.get(name) || "";
if (input.value) search();
