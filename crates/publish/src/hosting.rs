//! What static hosts and search engines look for beside the pages.

use super::{File, Settings, addresses};

/// What hosts that know it (Netlify, Cloudflare Pages and others) send with the pages. Pictures and players of articles
/// are those of their sites; everything else is from here. No two rules that match one file set the same field.
const HEADERS: &str = "\
/*
  Content-Security-Policy: default-src 'self'; img-src * data:; media-src *; frame-src https: http:; object-src 'none'; base-uri 'none'; form-action 'none'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/articles/*
  Cache-Control: public, max-age=3600
/months/*
  Cache-Control: public, max-age=3600
/assets/*
  Cache-Control: public, max-age=86400
";

pub(super) fn files(settings: &Settings) -> Vec<File> {
    let file = |path: &str, text: &str| File { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let sitemap = addresses::public(settings, "sitemap.xml");
    let sitemap = sitemap.map_or_else(String::new, |url| format!("Sitemap: {}\n", &*url));
    vec![
        // Unlisted feeds are not named here: everybody reads this file.
        file("robots.txt", &format!("User-agent: *\nDisallow:\n{sitemap}")),
        file("_headers", HEADERS),
        file(".nojekyll", "Without this file GitHub Pages leaves out files whose names begin with _.\n"),
    ]
}
