//! AVIF (ISO 23008-12): boxes within boxes. A picture is shown as it is, but for the metadata in it: those items' bytes are
//! made zeros, so that nothing else moves.

use crate::Unusable;

/// Boxes that are looked into, and at what depth no more.
const DEEPEST: usize = 4;
/// Item types whose bytes are about the picture.
const METADATA: &[&[u8]] = &[b"Exif", b"mime", b"uri "];

/// One box: its name and what is in it, as a place in the file.
#[derive(Clone, Copy)]
struct Part {
    name: [u8; 4],
    from: usize,
    to: usize,
}

/// Width and height in pixels, as they are shown.
pub(crate) fn size(bytes: &[u8]) -> Result<(u32, u32), Unusable> {
    let properties = descend(bytes, &[b"meta", b"iprp", b"ipco"])?;
    let (mut best, mut is_sideways) = ((0, 0), false);
    for part in parts(bytes, properties.from, properties.to)? {
        let content = &bytes[part.from..part.to];
        if &part.name == b"ispe" {
            let (width, height) = (number(content, 4, 4)? as u32, number(content, 8, 4)? as u32);
            // A picture may be made of tiles, which have sizes too.
            if u64::from(width) * u64::from(height) > u64::from(best.0) * u64::from(best.1) {
                best = (width, height);
            }
        }
        is_sideways |= &part.name == b"irot" && content.first().is_some_and(|angle| angle & 1 == 1);
    }
    if best.0 == 0 || best.1 == 0 {
        return Err(Unusable::NoSize);
    }
    Ok(if is_sideways { (best.1, best.0) } else { best })
}

pub(crate) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let mut end = 0;
    for part in parts(bytes, 0, bytes.len())? {
        end = part.to;
    }
    let mut out = bytes[..end].to_vec();
    let meta = descend(bytes, &[b"meta"])?;
    let items = metadata_items(bytes, meta)?;
    if items.is_empty() {
        return Ok(out);
    }
    let inside = |name: &[u8]| -> Result<Option<Part>, Unusable> {
        Ok(parts(bytes, meta.from, meta.to)?.into_iter().find(|part| part.name == name))
    };
    let Some(places) = inside(b"iloc")? else { return Err(broken("items without places")) };
    let data = inside(b"idat")?.map_or(0, |data| data.from);
    for (from, length) in extents(&bytes[places.from..places.to], &items, data)? {
        let to = from.checked_add(length).ok_or(Unusable::CutOff)?;
        out.get_mut(from..to).ok_or(Unusable::CutOff)?.fill(0);
    }
    Ok(out)
}

/// The numbers of the items that are metadata.
fn metadata_items(bytes: &[u8], meta: Part) -> Result<Vec<usize>, Unusable> {
    let mut items = Vec::new();
    let Some(info) = parts(bytes, meta.from, meta.to)?.into_iter().find(|part| &part.name == b"iinf") else {
        return Ok(items);
    };
    let version = number(&bytes[info.from..info.to], 0, 1)?;
    let head = if version == 0 { 6 } else { 8 };
    for entry in parts(bytes, info.from + head, info.to)? {
        let content = &bytes[entry.from..entry.to];
        let (id, kind) = match number(content, 0, 1)? {
            2 => (number(content, 4, 2)?, content.get(8..12)),
            3 => (number(content, 4, 4)?, content.get(10..14)),
            _ => continue,
        };
        if kind.is_some_and(|kind| METADATA.contains(&kind)) {
            items.push(id);
        }
    }
    Ok(items)
}

/// Where the bytes of these `items` are: offset in the file, and length. `data` is where `idat` begins.
fn extents(places: &[u8], items: &[usize], data: usize) -> Result<Vec<(usize, usize)>, Unusable> {
    let version = number(places, 0, 1)?;
    let sizes = (number(places, 4, 1)?, number(places, 5, 1)?);
    let (offset_size, length_size, base_size) = (sizes.0 >> 4, sizes.0 & 15, sizes.1 >> 4);
    let index_size = if version == 0 { 0 } else { sizes.1 & 15 };
    let wide = if version < 2 { 2 } else { 4 };
    let count = number(places, 6, wide)?;
    let mut at = 6 + wide;
    let mut take = |size: usize| -> Result<usize, Unusable> {
        at += size;
        number(places, at - size, size)
    };
    let mut found = Vec::new();
    for _ in 0..count {
        let id = take(wide)?;
        let method = if version == 0 { 0 } else { take(2)? & 15 };
        take(2)?;
        let base = take(base_size)?;
        for _ in 0..take(2)? {
            take(index_size)?;
            let (offset, length) = (take(offset_size)?, take(length_size)?);
            let begin = if method == 1 { data } else { 0 };
            let from = begin.checked_add(base).and_then(|from| from.checked_add(offset));
            if items.contains(&id) {
                found.push((from.ok_or(Unusable::CutOff)?, length));
            }
        }
    }
    Ok(found)
}

/// The box at this path of names.
fn descend(bytes: &[u8], path: &[&[u8; 4]]) -> Result<Part, Unusable> {
    let mut place = Part { name: *b"    ", from: 0, to: bytes.len() };
    for name in path.iter().take(DEEPEST) {
        let found = parts(bytes, place.from, place.to)?.into_iter().find(|part| part.name == **name);
        place = found.ok_or_else(|| broken("a box is missing"))?;
        if *name == b"meta" {
            // A version and flags come first.
            place.from = (place.from + 4).min(place.to);
        }
    }
    Ok(place)
}

/// The boxes between two places.
fn parts(bytes: &[u8], mut at: usize, to: usize) -> Result<Vec<Part>, Unusable> {
    let mut found = Vec::new();
    while at + 8 <= to {
        let name = bytes[at + 4..at + 8].try_into().map_err(|_| Unusable::CutOff)?;
        let (head, length) = match number(bytes, at, 4)? {
            0 => (8, to - at),
            1 => (16, number(bytes, at + 8, 8)?),
            length => (8, length),
        };
        let end = at.checked_add(length).filter(|end| *end <= to && length >= head);
        let end = end.ok_or(Unusable::CutOff)?;
        found.push(Part { name, from: at + head, to: end });
        at = end;
    }
    Ok(found)
}

/// The number in `size` bytes at `at`; 0 where it has none.
fn number(bytes: &[u8], at: usize, size: usize) -> Result<usize, Unusable> {
    let end = at.checked_add(size).ok_or(Unusable::CutOff)?;
    let bytes = bytes.get(at..end).ok_or(Unusable::CutOff)?;
    if size > 8 {
        return Err(broken("a number that is too long"));
    }
    let value = bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    usize::try_from(value).map_err(|_| Unusable::CutOff)
}

fn broken(what: &str) -> Unusable {
    Unusable::Damaged { what: what.to_owned() }
}
