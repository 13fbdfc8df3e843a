// replay_judge.mjs TOOLS WACZ URL TEXT: ReplayWeb.page opens the file in headless Chromium, lists its pages, and shows the
// page at URL with TEXT in it.
import fs from "fs";
import http from "http";
import { createRequire } from "module";
import path from "path";

const [tools, wacz, url, text] = process.argv.slice(2);
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");
const replay = path.join(tools, "replaywebpage");

const page = `<!doctype html><script src="/ui.js"></script><style>replay-web-page { display: block; height: 90vh }</style>
<replay-web-page source="/archive.wacz" replayBase="/replay/" url="${url}" embed="default"></replay-web-page>`;
const files = {
  "/": [Buffer.from(page), "text/html"],
  "/ui.js": [path.join(replay, "ui.js"), "text/javascript"],
  "/replay/sw.js": [path.join(replay, "sw.js"), "text/javascript"],
  "/archive.wacz": [wacz, "application/zip"],
};

// Replay reads a part of the file here and a part there.
const server = http.createServer((request, response) => {
  const [file, type] = files[new URL(request.url, "http://localhost").pathname] ?? [];
  if (!file) return response.writeHead(404).end();
  const bytes = Buffer.isBuffer(file) ? file : fs.readFileSync(file);
  const headers = { "Content-Type": type, "Accept-Ranges": "bytes" };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  if (first === undefined) return response.writeHead(200, { ...headers, "Content-Length": bytes.length }).end(request.method === "HEAD" ? undefined : bytes);
  const end = Math.min(last ? Number(last) : Infinity, bytes.length - 1);
  headers["Content-Range"] = `bytes ${first}-${end}/${bytes.length}`;
  response.writeHead(206, headers).end(bytes.subarray(Number(first), end + 1));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags.split(" ") });
try {
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  const shown = async () => {
    for (const frame of tab.frames()) {
      const body = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
      if (frame !== tab.mainFrame() && body.replace(/\s+/g, " ").includes(text)) return frame.url();
    }
  };
  // On a busy machine its service worker may come too late for the first look.
  let where;
  for (let look = 0; look < 3 && !where; look++) {
    if (look > 0) await tab.reload();
    const until = Date.now() + 40000;
    while (!(where = await shown()) && Date.now() < until) await new Promise((next) => setTimeout(next, 200));
  }
  if (!where) {
    for (const frame of tab.frames()) console.log(frame.url(), (await frame.content().catch(() => "")).slice(0, 600));
    throw new Error("ReplayWeb.page does not show the article");
  }
  console.log("shown at", where);
} finally {
  await browser.close();
  server.close();
}
