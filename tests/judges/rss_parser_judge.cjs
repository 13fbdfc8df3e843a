// rss_parser_judge.cjs TOOLS TRUTH.json FEED_URL...: rss-parser reads each feed; prints what differs from the truth.
const fs = require("fs");
const path = require("path");

const [tools, truthFile, ...urls] = process.argv.slice(2);
const Parser = require(path.join(tools, "node_modules", "rss-parser"));
const truth = JSON.parse(fs.readFileSync(truthFile, "utf8"));
const words = (html) =>
  html.replace(/<[^>]+>/g, " ").replace(/&[a-z0-9#]+;/gi, " ").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

(async () => {
  const problems = [];
  for (const url of urls) {
    const feed = await new Parser().parseURL(url);
    if (!feed.title) problems.push(`${url}: the feed has no title`);
    const ids = feed.items.map((item) => item.guid || item.id);
    if (new Set(ids).size !== ids.length || ids.includes(undefined)) problems.push(`${url}: ids ${ids}`);
    if (feed.items.length !== truth.length) problems.push(`${url}: ${feed.items.length} items for ${truth.length}`);
    for (const article of truth) {
      const found = feed.items.filter((item) => item.title === article.title);
      if (found.length !== 1) {
        problems.push(`${url}: ${found.length} items are called ${article.title}`);
        continue;
      }
      const [item] = found;
      const seen = new Set(words(item["content:encoded"] || item.content || ""));
      const missing = words(article.text).filter((word) => !seen.has(word));
      if (missing.length) problems.push(`${url}: ${article.title}: ${missing.length} words are missing: ${missing}`);
      if ((item.isoDate || "").slice(0, 10) !== article.date) problems.push(`${url}: ${article.title}: ${item.isoDate}`);
      if (!/^https?:/.test(item.link)) problems.push(`${url}: ${article.title} leads to ${item.link}`);
      if (item.enclosure) problems.push(`${url}: ${article.title} has an enclosure`);
    }
  }
  console.log(problems.join("\n"));
  process.exit(problems.length ? 1 : 0);
})();
