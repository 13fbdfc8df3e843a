// site_judge.mjs TOOLS OUTPUT ROUNDS…: headless Chromium opens every kind of page of a published site, from the disk and below a
// path of a server: axe finds no violation, the console has no error, nothing is asked for elsewhere, and each ROUND, which
// is words and a title with `=>` between them, finds an article by the site's search.
import fs from "fs";
import http from "http";
import { createRequire } from "module";
import path from "path";
import { pathToFileURL } from "url";

const [tools, output, ...rounds] = process.argv.slice(2);
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Of many pages of one kind the first few are enough.
const pages = [], kinds = {};
for (const name of fs.readdirSync(output, { recursive: true }).sort()) {
  if (!name.endsWith(".html")) continue;
  const kind = name.replace(/^articles\/.*/, "article").replace(/[^/]+\/history\/.*/, "history").replace(/^[^/]+\/index\.html$/, "feed");
  kinds[kind] = (kinds[kind] ?? 0) + 1;
  if (kinds[kind] <= 6) pages.push(name);
}

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png" };
const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = path.join(output, decodeURIComponent(pathname.replace(/^\/below\/here\//, "")));
  if (!pathname.startsWith("/below/here/") || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": types[path.extname(file)] ?? "application/octet-stream" }).end(fs.readFileSync(file));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const bases = [pathToFileURL(output).href + "/", `http://127.0.0.1:${server.address().port}/below/here/`];

const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags.split(" ") });
const wrong = [];
try {
  for (const base of bases) {
    // The pages allow no script, so axe comes in past their policy; what they ask for is looked at with it in force.
    for (const [bypassCSP, round] of [[true, 0], [false, 1]]) {
      const context = await browser.newContext({ bypassCSP });
      const tab = await context.newPage();
      let shown = "";
      // Pictures of articles are at their sites, which do not answer here.
      await context.route((url) => !url.href.startsWith(base), (route) => {
        if (route.request().resourceType() !== "image") wrong.push(`${shown} asks for ${route.request().url()}`);
        return route.abort();
      });
      tab.on("console", (message) => {
        if (message.type() === "error" && !/net::ERR_FAILED/.test(message.text())) wrong.push(`${shown}: ${message.text()}`);
      });
      tab.on("pageerror", (error) => wrong.push(`${shown}: ${error}`));
      for (const page of round === 0 ? pages : pages.slice(0, 12)) {
        shown = base + page;
        await tab.goto(shown, { waitUntil: "load" });
        if (round === 1) continue;
        await tab.evaluate(axe);
        const { violations } = await tab.evaluate(() => window.axe.run(document, { preload: false }));
        for (const { id, nodes } of violations) wrong.push(`${shown}: ${id}: ${nodes.map((node) => node.html).slice(0, 2).join(" ").slice(0, 400)}`);
      }
      for (const found of round === 1 ? rounds : []) {
        const [words, title] = found.split("=>");
        shown = `${base}search.html, ${words}`;
        await tab.goto(`${base}search.html`);
        await tab.fill("#search-words", words);
        const hit = tab.locator("#search-hits a", { hasText: title }).first();
        await hit.waitFor({ timeout: 10000 }).catch(() => wrong.push(`${shown} finds no ${title}`));
        const href = await hit.evaluate((link) => link.href, null, { timeout: 1000 }).catch(() => "");
        const answer = href && (await tab.goto(href).catch(() => null));
        if (!answer || !(await tab.title()).startsWith(title)) wrong.push(`${shown} leads to ${href || "nothing"}`);
      }
      await context.close();
    }
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(`${base}search.html`);
    if (!(await tab.innerText("main")).includes("tearsheet search")) wrong.push(`${base}search.html says nothing without script`);
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
if (wrong.length) throw new Error([...new Set(wrong)].join("\n"));
console.log(`${pages.length} pages, ${rounds.length} searches`);
