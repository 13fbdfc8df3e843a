#!/usr/bin/env python3
"""Follows small sites, built by real generators, by feed, listing and sitemap, and walks their past.

    benches/systems/run.py target/release/tearsheet [FOLDER]

Each generator that is installed writes the same posts: Pelican, Nikola and MkDocs (Material's blog) from PyPI, Hexo and
Docusaurus from npm. FOLDER is where they are looked for: `FOLDER/venv/bin` and `FOLDER/NAME/node_modules`; `--install`
puts them there. Each site is served on loopback, and followed in four ways:

- `add`, with what it finds by itself;
- a forced `listing`, a forced `sitemap`, each as far as they go;
- `add` and `run --backfill`: the whole past.

Printed for each: posts that were archived, of all; pages archived that are no posts; titles and dates that are not those
of the posts. The exit status is 1 if anything is missing, or more than it should be."""

import datetime
import functools
import html
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

SECTIONS = ["travel", "photos", "notes"]
TAGS = ["rope", "tide", "geese", "ice"]
TITLES = [
    "The ferry stays for the winter", "Rope", "Week notes 12", "Week notes 13", "What the clock on the market said",
    "Ice on the weir", "A letter from the river", "Links #33", "Geese", "Seven days without a bridge",
    "The bell of the old boat", "Week notes 14", "Tar & feathers", "How to mend a net", "Fog",
    "Toll, tax and toil", "The mill museum opens on Sundays", "Links #34", "Low tide", "Choir looks for tenors",
    "Why the weir is loud", "Rowers win by a length", "Week notes 15", "New rope for the old landing",
]


def posts():
    first = datetime.date(2024, 3, 4)
    for n, title in enumerate(TITLES):
        text = "\n\n".join(
            f"In part {part} of what is told here about {title.lower()} the ferryman counts {n * 7 + part} boats, "
            f"and says that since the spring of that year nobody on the {n + 3}rd landing has seen so many. He wrote it "
            f"down, as he does each evening, in the book that his mother began."
            for part in range(1, 5))
        yield {
            "n": n, "title": title, "date": first + datetime.timedelta(days=9 * n), "section": SECTIONS[n % 3],
            "tags": [TAGS[n % 4], TAGS[(n + 1) % 4]], "text": text, "slug": f"post-{n:02}-from-the-landing",
        }


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def call(command, folder):
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout)[-600:]}")


def front(post, **more):
    title = json.dumps(post["title"])
    tags = json.dumps(post["tags"])
    lines = [f"title: {title}", f"date: {post['date']}", f"tags: {tags}"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + post["text"] + "\n"


def pelican(tools, folder, base):
    for post in posts():
        text = (f"Title: {post['title']}\nDate: {post['date']} 09:00\nCategory: {post['section']}\n"
                f"Tags: {', '.join(post['tags'])}\nSlug: {post['slug']}\n\n{post['text']}\n")
        write(folder / "content" / f"{post['slug']}.md", text)
    write(folder / "content/pages/about.md", "Title: About the ferry\n\nWe cross the river.\n")
    write(folder / "conf.py", f"""
AUTHOR = 'Odo Lindqvist'
SITENAME = 'The Ferryman'
SITEURL = '{base}'
PATH = 'content'
TIMEZONE = 'UTC'
DEFAULT_LANG = 'en'
FEED_ALL_ATOM = 'feeds/all.atom.xml'
FEED_MAX_ITEMS = 8
DEFAULT_PAGINATION = 6
""")
    call([tools / "venv/bin/pelican", "content", "-s", "conf.py", "-o", "public"], folder)
    return "feeds/all.atom.xml", None


def nikola(tools, folder, base):
    bin = tools / "venv/bin/nikola"
    call([bin, "init", "-q", "site"], folder)
    site = folder / "site"
    conf = (site / "conf.py").read_text(encoding="utf-8")
    conf += f"\nSITE_URL = '{base}/'\nBLOG_TITLE = 'The Ferryman'\nBLOG_AUTHOR = 'Odo Lindqvist'\nINDEX_DISPLAY_POST_COUNT = 6\nFEED_LENGTH = 8\nTIMEZONE = 'UTC'\n"
    write(site / "conf.py", conf)
    for post in posts():
        text = (f".. title: {post['title']}\n.. slug: {post['slug']}\n.. date: {post['date']} 09:00:00 UTC\n"
                f".. tags: {', '.join(post['tags'])}\n.. category: {post['section']}\n\n{post['text']}\n")
        write(site / "posts" / f"{post['slug']}.rst", text)
    write(site / "pages/about.rst", ".. title: About the ferry\n.. slug: about\n\nWe cross the river.\n")
    call([bin, "build", "-q"], site)
    shutil.copytree(site / "output", folder / "public", dirs_exist_ok=True)
    return "rss.xml", "sitemapindex.xml"


def mkdocs(tools, folder, base):
    write(folder / "mkdocs.yml", f"""
site_name: The Ferryman
site_url: {base}/
docs_dir: docs
site_dir: public
theme: {{name: material}}
plugins:
  - blog: {{blog_dir: ., pagination_per_page: 6}}
  - tags
  - rss: {{match_path: "posts/.*", length: 8, date_from_meta: {{as_creation: date}}, use_git: false}}
""")
    write(folder / "docs/index.md", "# The Ferryman\n")
    write(folder / "docs/about.md", "# About the ferry\n\nWe cross the river.\n")
    write(folder / "docs/tags.md", "# Tags\n\n<!-- material/tags -->\n")
    for post in posts():
        text = front(post, slug=post["slug"], categories=f"[{post['section']}]")
        head, body = text.split("\n---\n\n", 1)
        write(folder / "docs/posts" / f"{post['slug']}.md", f"{head}\n---\n\n# {post['title']}\n\n{body}")
    call([tools / "venv/bin/mkdocs", "build", "-q"], folder)
    return "feed_rss_created.xml", "sitemap.xml"


def hexo(tools, folder, base):
    shutil.copytree(tools / "hexo/node_modules", folder / "node_modules", symlinks=True)
    write(folder / "package.json", json.dumps({"name": "x", "hexo": {"version": ""}, "dependencies": {
        name: "*" for name in HEXO}}))
    write(folder / "_config.yml", f"""
title: The Ferryman
author: Odo Lindqvist
language: en
timezone: UTC
url: {base}
permalink: :year/:month/:day/:name/
theme: landscape
per_page: 6
index_generator: {{path: '', per_page: 6, order_by: -date}}
feed: {{type: atom, path: atom.xml, limit: 8}}
sitemap: {{path: sitemap.xml, tags: true, categories: true}}
""")
    for post in posts():
        text = front(post, categories=f"[{post['section']}]").replace(f"date: {post['date']}", f"date: {post['date']} 09:00:00")
        write(folder / "source/_posts" / f"{post['slug']}.md", text)
    write(folder / "source/about/index.md", "---\ntitle: About the ferry\n---\nWe cross the river.\n")
    call(["node", "node_modules/hexo/bin/hexo", "generate", "--silent"], folder)
    return "atom.xml", "sitemap.xml"


def docusaurus(tools, folder, base):
    # What it remembers of earlier folders is of no use in this one.
    shutil.rmtree(tools / "docusaurus/node_modules/.cache", ignore_errors=True)
    os.symlink(tools / "docusaurus/node_modules", folder / "node_modules")
    write(folder / "package.json", json.dumps({"name": "x", "private": True}))
    write(folder / "docusaurus.config.js", f"""
module.exports = {{
  title: 'The Ferryman', url: '{base}', baseUrl: '/', onBrokenLinks: 'ignore',
  presets: [['classic', {{docs: false, blog: {{routeBasePath: 'blog', postsPerPage: 6, blogSidebarCount: 5,
    feedOptions: {{type: 'all', limit: 8}}}}, sitemap: {{}}}}]],
}};
""")
    write(folder / "src/pages/index.md", "---\ntitle: Home\n---\n\nWe cross the river. [Blog](/blog)\n")
    write(folder / "src/pages/about.md", "---\ntitle: About the ferry\n---\n\nWe cross the river.\n")
    for post in posts():
        text = front(post, slug=post["slug"], authors="{name: Odo Lindqvist}")
        head, body = text.split("\n---\n\n", 1)
        first, rest = body.split("\n\n", 1)
        write(folder / "blog" / f"{post['date']}-{post['slug']}.md", f"{head}\n---\n\n{first}\n\n<!-- truncate -->\n\n{rest}")
    call(["node", "node_modules/@docusaurus/core/bin/docusaurus.mjs", "build", "--out-dir", "public"], folder)
    return "blog/rss.xml", "sitemap.xml"


HEXO = ["hexo", "hexo-generator-feed", "hexo-generator-sitemap", "hexo-generator-index", "hexo-generator-archive",
        "hexo-generator-category", "hexo-generator-tag", "hexo-renderer-marked", "hexo-renderer-ejs",
        "hexo-renderer-stylus", "hexo-theme-landscape"]
DOCUSAURUS = ["@docusaurus/core", "@docusaurus/preset-classic", "@docusaurus/faster", "react", "react-dom"]
SYSTEMS = {"pelican": pelican, "nikola": nikola, "mkdocs": mkdocs, "hexo": hexo, "docusaurus": docusaurus}
# Where the posts are listed.
LISTINGS = {"docusaurus": "blog"}


def install(tools):
    tools.mkdir(parents=True, exist_ok=True)
    call([sys.executable, "-m", "venv", "venv"], tools)
    call(["venv/bin/pip", "install", "-q", "pelican[markdown]", "nikola", "mkdocs", "mkdocs-material", "mkdocs-rss-plugin"], tools)
    for name, packages in (("hexo", HEXO), ("docusaurus", DOCUSAURUS)):
        (tools / name).mkdir(exist_ok=True)
        call(["npm", "install", "--no-audit", "--no-fund", "--prefix", ".", *packages], tools / name)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def served(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def follow(program, base, way, folder):
    """The articles that the archive has, once the site was followed in this way."""
    root = pathlib.Path(tempfile.mkdtemp(dir=folder))
    write(root / "config/tearsheet.toml", "[fetch]\nallow_private = true\ndelay = \"0s\"\n")
    run = lambda *words: subprocess.run([program, "--root", root, *words], capture_output=True, text=True, timeout=600)
    if way["kind"] == "add":
        said = run("add", "--yes", "--id", "ferry", way["url"])
        if said.returncode != 0:
            return None, said.stderr
        said = run("run", *way["run"])
    else:
        (root / "config/sources").mkdir()
        write(root / "config/sources/ferry.toml", f"url = \"{way['url']}\"\nkind = \"{way['kind']}\"\nlimit = 200\n")
        said = run("run", *way["run"])
    # The feed carries the newest; all of them are asked for.
    source = root / "config/sources/ferry.toml"
    write(source, source.read_text(encoding="utf-8") + "\n[feed]\nsize = 500\n")
    run("build")
    feed = root / "public/ferry/feed.json"
    items = json.loads(feed.read_text(encoding="utf-8"))["items"] if feed.exists() else []
    return items, said.stderr


def judge(articles, base):
    truth = {post["slug"]: post for post in posts()}
    found, strays, wrong = set(), [], []
    for article in articles:
        slug = next((slug for slug in truth if slug in article["url"]), None)
        if slug is None:
            strays.append(article["url"].removeprefix(base))
            continue
        post = truth[slug]
        found.add(slug)
        date = (article.get("date_published") or "")[:10]
        if article["title"] != post["title"] or date != str(post["date"]):
            wrong.append(f"{slug}: {article['title']!r} {date}")
        first = post["text"].split("\n")[0][:60]
        text = html.unescape(article["content_html"])
        if first not in text or post["text"].rsplit("\n", 1)[-1][-50:] not in text:
            wrong.append(f"{slug}: its text is not whole")
    return found, strays, wrong


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--install"]
    program = pathlib.Path(arguments[0]).resolve()
    tools = pathlib.Path(arguments[1] if len(arguments) > 1 else "target/systems").resolve()
    if "--install" in sys.argv:
        install(tools)
    bad = False
    print(f"{'system':<11} {'way':<22} posts   others  wrong")
    for name, build in SYSTEMS.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "public").mkdir()
            server = served(folder / "public")
            base = f"http://127.0.0.1:{server.server_address[1]}"
            try:
                feed, sitemap = build(tools, folder, base)
            except (OSError, RuntimeError) as error:
                print(f"{name:<11} left out: {str(error).strip().splitlines()[-1][:120]}")
                server.shutdown()
                continue
            listing = f"{base}/{LISTINGS.get(name, '')}"
            ways = [("add", {"kind": "add", "url": listing, "run": []}, 8),
                    ("listing", {"kind": "listing", "url": listing, "run": []}, 6),
                    ("listing, its past", {"kind": "listing", "url": listing, "run": ["--backfill"]}, len(TITLES)),
                    ("feed", {"kind": "feed", "url": f"{base}/{feed}", "run": []}, 8),
                    ("feed, its past", {"kind": "feed", "url": f"{base}/{feed}", "run": ["--backfill"]}, len(TITLES))]
            if sitemap:
                ways.append(("sitemap", {"kind": "sitemap", "url": f"{base}/{sitemap}", "run": []}, len(TITLES)))
            for label, way, least in ways:
                articles, said = follow(program, base, way, folder)
                if articles is None:
                    print(f"{name:<11} {label:<22} {said.strip().splitlines()[-1][:90]}")
                    bad = True
                    continue
                found, strays, wrong = judge(articles, base)
                bad |= len(found) < least or bool(strays) or bool(wrong)
                print(f"{name:<11} {label:<22} {len(found):>2}/{least:<2}   {len(strays):>3}    {len(wrong):>3}   "
                      f"{' '.join(strays[:4])} {'; '.join(wrong[:2])}".rstrip())
            server.shutdown()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
