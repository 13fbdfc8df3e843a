/* {"name": "tearsheet"} */
// What CSS cannot do for a feed that a browser shows: titles become links, and dates are written as its reader writes them.
// Feed readers pass over this script; without it the feed is shown by its stylesheet alone.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const html = "http://www.w3.org/1999/xhtml";
  const text = (title) => title.getAttribute("type") === "html"
    ? new DOMParser().parseFromString(title.textContent, "text/html").body.textContent
    : title.textContent;
  for (const item of document.querySelectorAll("item, entry")) {
    const named = (name) => [...item.children].filter((child) => child.localName === name && !child.prefix);
    const links = named("link").filter((link) => [null, "alternate"].includes(link.getAttribute("rel")));
    const [title] = named("title");
    const address = links.length > 0 && (links[0].getAttribute("href") ?? links[0].textContent).trim();
    if (title && address && /^https?:/i.test(address)) {
      const link = document.createElementNS(html, "a");
      link.setAttribute("href", address);
      link.textContent = text(title);
      title.replaceChildren(link);
    }
    for (const date of [...named("pubDate"), ...named("published")]) {
      const at = new Date(date.textContent);
      if (!Number.isNaN(at.getTime())) date.textContent = at.toLocaleDateString(undefined, { dateStyle: "long" });
    }
  }
  document.documentElement.setAttribute("scripted", "");
});
