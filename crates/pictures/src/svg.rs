//! SVG: read by its own list of elements and attributes, and written again. Nothing of it runs, loads or leads anywhere:
//! references lead to places in the same drawing.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::Unusable;

/// How far into a file its root is looked for.
const HEAD: usize = 4096;
/// More elements than this no drawing of an article needs.
const MOST_ELEMENTS: usize = 50_000;
/// How deep they nest.
const DEEPEST: usize = 256;

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    "marker", "switch", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology",
    "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
];

/// Whether `bytes` are an SVG document.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    root(bytes).is_some()
}

/// Width and height in CSS pixels, by its attributes or its view box.
pub(crate) fn size(bytes: &[u8]) -> Result<(u32, u32), Unusable> {
    let root = root(bytes).ok_or(Unusable::Unknown)?;
    let value = |name: &str| attribute(&root, name);
    let view = value("viewBox").map(|view| {
        view.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).map(pixels).collect::<Vec<_>>()
    });
    let view = view.filter(|view| view.len() == 4).and_then(|view| Some((view[2]?, view[3]?)));
    let (width, height) =
        (value("width").and_then(|text| pixels(&text)), value("height").and_then(|text| pixels(&text)));
    let (width, height) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view)) => view,
        _ => return Err(Unusable::NoSize),
    };
    let is_size = |length: f64| (0.5..=30_000.0).contains(&length);
    if !is_size(width) || !is_size(height) {
        return Err(Unusable::NoSize);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // both are within bounds
    Ok((width.round() as u32, height.round() as u32))
}

fn pixels(text: &str) -> Option<f64> {
    text.trim()
        .trim_end_matches("px")
        .parse::<f64>()
        .ok()
        .filter(|length| length.is_finite() && *length > 0.0)
}

/// The drawing with nothing in it but what is on the lists.
pub(crate) fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let text = std::str::from_utf8(bytes).map_err(|error| Unusable::Damaged { what: error.to_string() })?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut writer = Writer::new(Vec::with_capacity(bytes.len()));
    // How deep within an element that is left out.
    let (mut hidden, mut open, mut elements) = (0_usize, 0_usize, 0_usize);
    let mut has_root = false;
    let write = |writer: &mut Writer<Vec<u8>>, event| {
        writer.write_event(event).map_err(|error| Unusable::Damaged { what: error.to_string() })
    };
    loop {
        let event = reader.read_event().map_err(|error| Unusable::Damaged { what: error.to_string() })?;
        match event {
            Event::Start(start) => {
                elements += 1;
                open += 1;
                if open > DEEPEST || elements > MOST_ELEMENTS {
                    return Err(Unusable::Damaged { what: "too many elements".to_owned() });
                }
                if hidden > 0 || !is_listed(&start) {
                    hidden += 1;
                } else {
                    write(&mut writer, Event::Start(rewritten(&start, !has_root)))?;
                    has_root = true;
                }
            }
            Event::Empty(start) => {
                elements += 1;
                if hidden == 0 && is_listed(&start) && has_root {
                    write(&mut writer, Event::Empty(rewritten(&start, false)))?;
                }
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                if hidden > 0 {
                    hidden -= 1;
                } else {
                    write(&mut writer, Event::End(end))?;
                }
                if open == 0 {
                    return Ok(writer.into_inner());
                }
            }
            Event::Text(text) if hidden == 0 && has_root => write(&mut writer, Event::Text(text))?,
            Event::GeneralRef(name) if hidden == 0 && has_root && is_usual(&name) => {
                write(&mut writer, Event::GeneralRef(name))?;
            }
            Event::Eof => return Err(Unusable::CutOff),
            // Style sheets in sections, comments, instructions and document types are left out.
            _ => {}
        }
    }
}

/// Whether a reference names a character, and no entity that the document defines.
fn is_usual(name: &str) -> bool {
    name.starts_with('#') || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
}

fn is_listed(start: &BytesStart<'_>) -> bool {
    ELEMENTS.contains(&start.name().as_ref())
}

/// The tag with those of its attributes that say how it looks.
fn rewritten(start: &BytesStart<'_>, is_root: bool) -> BytesStart<'static> {
    let mut out = BytesStart::new(start.name().as_ref().to_owned());
    if is_root {
        out.push_attribute(("xmlns", "http://www.w3.org/2000/svg"));
        out.push_attribute(("xmlns:xlink", "http://www.w3.org/1999/xlink"));
    }
    for attribute in start.attributes().flatten() {
        let key = attribute.key.as_ref();
        // It is judged as a browser reads it, and written as it stands.
        let Ok(value) = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) else { continue };
        if is_look(key, &value) {
            out.push_attribute((key, value.as_ref()));
        }
    }
    out
}

fn is_look(name: &str, value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let is_inside =
        !value.contains("url(") || value.matches("url(").count() == value.matches("url(#").count();
    let is_plain = !value.contains('\\') && !value.contains("javascript:") && !value.contains("@import");
    let is_named = match name {
        "href" | "xlink:href" => value.starts_with('#'),
        "xmlns" | "xmlns:xlink" => false,
        "xml:space" | "xml:lang" => true,
        _ => {
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            !name.to_ascii_lowercase().starts_with("on") && name.bytes().all(is_word)
        }
    };
    is_named && is_inside && is_plain
}

/// The tag of the root, if it is `svg`.
fn root(bytes: &[u8]) -> Option<BytesStart<'static>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text =
        std::str::from_utf8(head).or_else(|error| std::str::from_utf8(&head[..error.valid_up_to()])).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_ascii_start();
    if !text.starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return (start.name().as_ref() == "svg").then(|| start.into_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}
