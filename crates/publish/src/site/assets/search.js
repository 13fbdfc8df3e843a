/* {"name": "tearsheet"} The site's own search. It reads lists of articles, the newest first, until it has found enough; nothing leaves this page. */
"use strict";
(() => {
  const ENOUGH = 20;      // hits that are shown before the reader asks for more
  const FAR = 12;         // lists that are read before the reader asks for more
  const KEPT = 6;         // lists that stay in memory
  const LONGEST = 200;

  const at = (id) => document.getElementById(`search-${id}`);
  const form = at("form"), input = at("words"), result = at("result"), list = at("hits"), older = at("older");

  /* Texts are folded as `tearsheet search` folds them (crates/archive/src/read/search/terms.rs). */
  const PLAIN = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ς": "σ" };
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/g;
  const PAIRED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const isPaired = new RegExp(`^[${PAIRED}]`, "u");
  const border = new RegExp(`([${PAIRED}])(?=[^${PAIRED} ])|([^${PAIRED} ])(?=[${PAIRED}])`, "gu");
  const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").toLowerCase()
    .replace(/[ßæœøłđðþħıς]/g, (c) => PLAIN[c]).normalize("NFC")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").replace(border, "$1$2 ").trim();

  /* What is asked for: beginnings of words, and characters of scripts without spaces anywhere. */
  const needle = (text) => { const folded = fold(text); return isPaired.test(folded) ? folded : ` ${folded}`; };
  const parse = (text) => {
    const asked = { all: [], none: [] };
    text.split(/["“”„]/).forEach((part, number) => {
      const words = number % 2 ? [part] : part.split(/\s+/);
      for (const word of words) {
        const without = number % 2 === 0 && word.startsWith("-");
        if (fold(word)) (without ? asked.none : asked.all).push(needle(word));
      }
    });
    return asked;
  };
  const matches = (text) => search.asked.all.every((one) => text.includes(one)) && !search.asked.none.some((one) => text.includes(one));

  let index = null;
  let search = { run: 0, asked: { all: [], none: [] }, next: 0, searched: 0, found: 0, failed: false };
  const kept = new Map(), waiting = new Map();

  const load = (name, digest) => new Promise((done) => {
    if (kept.has(name)) return done(kept.get(name));
    if (waiting.has(name)) return waiting.get(name).push(done);
    waiting.set(name, [done]);
    const script = document.createElement("script");
    const settle = () => {
      script.remove();
      const rows = kept.get(name) ?? null;
      for (const one of waiting.get(name) ?? []) one(rows);
      waiting.delete(name);
    };
    script.onload = script.onerror = settle;
    script.src = `assets/search/${name}.js?${digest}`;
    document.head.append(script);
  });

  window.tearsheetShard = (name, rows) => {
    rows.reverse();
    kept.set(name, rows.map((row) => ({ row, text: ` ${fold([row[0], row[1], row[2].join(" "), row[4], index.sources[row[6]] ?? ""].join(" "))}` })));
    while (kept.size > KEPT) kept.delete(kept.keys().next().value);
  };

  const day = (date) => {
    const [year, month, day] = date.split("-").map(Number);
    const { date: pattern, months } = index.words;
    const shown = day ? pattern : pattern.slice(Math.max(0, pattern.indexOf("{month}")));
    return shown.replace("{day}", day).replace("{month}", months[month - 1]).replace("{year}", year);
  };

  const element = (name, of, ...inside) => {
    const made = Object.assign(document.createElement(name), of);
    made.append(...inside);
    return made;
  };
  const show = ([title, standfirst, authors, path, , date, source, language]) => {
    const own = { className: "own", lang: index.words.language };
    const when = element("p", { ...own, className: "when own" }, element("time", { dateTime: date }, day(date)), " ",
      element("span", { className: "source" }, element("bdi", {}, index.sources[source] ?? source)));
    const parts = [element("h3", {}, element("a", { href: path }, title)), when];
    if (standfirst) parts.push(element("p", { className: "summary" }, standfirst));
    if (authors.length) parts.push(element("p", { ...own, className: "authors own" }, `${index.words.by} ${authors.join(", ")}`));
    const article = element("article", { className: "teaser", dir: "auto" }, ...parts);
    article.lang = language;
    list.append(element("li", {}, article));
  };

  const report = () => {
    const { result: words, incomplete, language } = index.words;
    const all = index.shards.reduce((sum, [, articles]) => sum + articles, 0);
    const number = (value) => value.toLocaleString(language);
    const text = words.replace("{found}", number(search.found)).replace("{searched}", number(search.searched)).replace("{all}", number(all));
    result.textContent = search.failed ? `${text} ${incomplete}` : text;
    older.hidden = search.next >= index.shards.length;
  };

  const goOn = async () => {
    const { run } = search, enough = search.found + ENOUGH, far = search.next + FAR;
    older.hidden = true;
    while (search.next < Math.min(index.shards.length, far) && search.found < enough) {
      const [name, articles, digest] = index.shards[search.next];
      const rows = await load(name, digest);
      if (search.run !== run) return;
      search.next += 1;
      search.failed ||= !rows;
      search.searched += rows ? articles : 0;
      for (const { row, text } of rows ?? []) {
        if (matches(text)) { search.found += 1; show(row); }
      }
    }
    report();
  };

  const begin = () => {
    const text = input.value.slice(0, LONGEST);
    search = { run: search.run + 1, asked: parse(text), next: 0, searched: 0, found: 0, failed: false };
    list.replaceChildren();
    older.hidden = true;
    result.textContent = "";
    history.replaceState(null, "", text.trim() ? `#q=${encodeURIComponent(text)}` : "#");
    if (search.asked.all.length) goOn();
  };

  window.tearsheetSearch = (manifest) => {
    index = manifest;
    at("how").hidden = true;
    form.hidden = false;
    let soon;
    input.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(begin, 150); });
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(soon); begin(); });
    older.addEventListener("click", goOn);
    const asked = /[#?&]q=([^&]*)/.exec(location.hash || location.search);
    try { input.value = asked ? decodeURIComponent(asked[1].replace(/\+/g, " ")) : ""; } catch { input.value = ""; }
    input.focus();
    if (input.value) begin();
  };
})();
