// browser_judge.mjs TOOLS FEED.json...: re-parses every content_html as a browser would and names what could run there.
import fs from "fs";
import { createRequire } from "module";
import path from "path";
import { pathToFileURL } from "url";

const [tools, ...files] = process.argv.slice(2);
const entry = createRequire(path.join(tools, "package.json")).resolve("parse5");
const { parse, parseFragment, serialize } = await import(pathToFileURL(entry));

const ELEMENTS = new Set(
  ("script iframe frame frameset object embed applet base meta link style form input button textarea select svg " +
    "template noscript xmp plaintext noembed noframes portal foreignobject animate set").split(" "),
);
const URLS = new Set("href src action formaction data poster background cite srcdoc ping manifest".split(" "));
const SCHEMES = /^(javascript|vbscript|data|blob|filesystem|file|view-source):/i;

function* elements(node) {
  const open = [node];
  while (open.length) {
    const next = open.pop();
    if (next.tagName) yield next;
    open.push(...(next.childNodes ?? []), ...(next.content ? [next.content] : []));
  }
}

function problems(tree, whole) {
  const found = [];
  for (const element of elements(tree)) {
    const structure = whole && ["html", "head", "body"].includes(element.tagName);
    if (!structure && ELEMENTS.has(element.tagName)) found.push(`<${element.tagName}>`);
    for (const { name, value } of element.attrs) {
      const url = value.replace(/^[\0-\x20]+/, "").replace(/[\t\n\r]/g, "");
      if (name.startsWith("on") || name === "style") found.push(`${name}=`);
      if (URLS.has(name) && SCHEMES.test(url)) found.push(`${name}=${url.slice(0, 20)}`);
    }
  }
  return found;
}

const wrong = [];
for (const file of files) {
  for (const item of JSON.parse(fs.readFileSync(file, "utf8")).items) {
    const markup = item.content_html ?? "";
    const once = serialize(parseFragment(markup));
    const found = [
      ...problems(parseFragment(markup), false),
      ...problems(parse(`<!doctype html><body><div>${markup}</div>`), true),
      ...problems(parseFragment(once), false), // what one round through innerHTML makes of it
    ];
    if (found.length) wrong.push(`${file} ${item.id}: ${[...new Set(found)].join(" ")}`);
  }
}
console.log(wrong.join("\n"));
process.exit(wrong.length ? 1 : 0);
