//! The pages that are measured: made-up ones, or those of a folder.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::MultiGzDecoder;

const WORDS: &[&str] = &[
    "harbour", "council", "bridge", "eels", "winter", "votes", "on", "new", "the", "of", "school", "river",
    "market", "opens", "after", "long", "repair", "budget", "town", "quiet", "ferry", "returns", "with",
];

/// A newspaper's front page of some 200 kB: scripts and styles, menus, sections of cards, the most read, a footer.
pub(crate) fn front_page() -> String {
    let mut page = String::from("<!DOCTYPE html><html lang=\"en\"><head><title>The Courier</title><style>");
    for rule in 0..600 {
        writeln!(page, ".card--{rule} .card__title {{ color: #{rule:06x}; margin: {rule}px }}").unwrap();
    }
    page.push_str("</style></head><body><header><nav class=\"menu\"><ul>");
    for entry in 0..60 {
        write!(page, "<li class=\"menu__item\"><a href=\"/section/{entry}\">{}</a></li>", words(entry, 1))
            .unwrap();
    }
    page.push_str("</ul></nav></header><main>");
    for section in 0..5 {
        write!(page, "<section class=\"block\"><h2><a href=\"/section/{section}\">Section</a></h2>").unwrap();
        for card in 0..18 {
            push_card(&mut page, section * 18 + card);
        }
        page.push_str("</section>");
    }
    page.push_str("</main><aside class=\"most-read\"><h2>Most read</h2><ol>");
    for at in 0..10 {
        write!(
            page,
            "<li><a href=\"/2026/05/{}-{at}\">{}</a></li>",
            words(at, 6).replace(' ', "-"),
            words(at, 7)
        )
        .unwrap();
    }
    page.push_str("</ol></aside><footer><ul>");
    for entry in 0..80 {
        write!(page, "<li><a href=\"/about/{entry}\">{}</a></li>", words(entry + 3, 2)).unwrap();
    }
    page.push_str("</ul></footer><script>");
    while page.len() < 200_000 {
        page.push_str("window.queue=window.queue||[];queue.push(function(){track('view',{page:1})});\n");
    }
    page + "</script></body></html>"
}

fn push_card(page: &mut String, at: usize) {
    let slug = words(at * 7 + 1, 5).replace(' ', "-");
    let date = match at % 3 {
        0 => format!("<time datetime=\"2026-05-{:02}T08:00:00Z\">{} May 2026</time>", at % 9 + 1, at % 9 + 1),
        1 => format!("<span class=\"card__date\">{} hours ago</span>", at % 20 + 2),
        _ => format!("<span class=\"card__date\">May {}, 2026</span>", at % 9 + 1),
    };
    writeln!(
        page,
        "<article class=\"card card--{at}\"><a class=\"card__image\" href=\"/2026/05/{slug}-{at}\">\
         <picture><source srcset=\"/i/{at}-2x.webp 2x\"><img class=\"lazy\" src=\"/i/{at}.jpg\" alt=\"{}\" width=\"640\"></picture></a>\
         <div class=\"card__body\"><span class=\"card__kicker\"><a href=\"/tag/{}\">{}</a></span>\
         <h3 class=\"card__title\"><a href=\"/2026/05/{slug}-{at}\">{} {at}</a></h3>\
         <p class=\"card__summary\">{}</p>\
         <div class=\"card__meta\">{date} <a href=\"/author/{}\">By Ann Harbour</a> \
         <a href=\"/2026/05/{slug}-{at}#comments\">{} comments</a>\
         <svg class=\"icon\"><path d=\"M0 0h24v24H0z\"/></svg></div></div></article>",
        words(at, 4),
        at % 12,
        words(at, 1),
        words(at * 7 + 1, 7),
        words(at * 3 + 5, 24),
        at % 7,
        at % 40
    )
    .unwrap();
}

/// The whole archive of a site on one page: 20,000 links in 5 MB.
pub(crate) fn long_list() -> String {
    let mut page =
        String::from("<!DOCTYPE html><html lang=\"en\"><title>All stories</title><body><main><ul>");
    for at in 0..20_000 {
        writeln!(
            page,
            "<li class=\"story\"><h3><a href=\"/stories/{at}/{}\">{} {at}</a></h3>\
             <p class=\"about\">{}</p><span class=\"date\">{} March {}</span></li>",
            words(at, 3).replace(' ', "-"),
            words(at, 6),
            words(at + 2, 14),
            at % 28 + 1,
            1990 + at % 36
        )
        .unwrap();
    }
    page + "</ul></main></body></html>"
}

fn words(from: usize, count: usize) -> String {
    let words = (0..count).map(|nth| WORDS[(from * 5 + nth * (from % 4 + 3)) % WORDS.len()]);
    words.collect::<Vec<_>>().join(" ")
}

/// The files of a folder, by their names.
pub(crate) fn of(folder: &Path) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let bytes = fs::read(file.path()).unwrap();
            let mut unpacked = Vec::new();
            let is_packed = bytes.starts_with(&[0x1F, 0x8B]);
            if is_packed {
                MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
            }
            let bytes = if is_packed { unpacked } else { bytes };
            (file.file_name().to_string_lossy().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect();
    pages.sort();
    pages
}
