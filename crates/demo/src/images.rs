//! The newspaper's pictures: a few drawings, and a coloured PNG for everything else.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::answer::Answer;

const DRAWINGS: &[(&str, &str)] = &[
    ("bees.svg", include_str!("images/bees.svg")),
    ("eel.svg", include_str!("images/eel.svg")),
    ("ferry.svg", include_str!("images/ferry.svg")),
    ("lighthouse.svg", include_str!("images/lighthouse.svg")),
    ("tug.svg", include_str!("images/tug.svg")),
];
const WIDTH: u32 = 320;
const HEIGHT: u32 = 180;

/// The picture `name`, if there is one.
pub(super) fn answer(name: &str) -> Option<Answer> {
    if let Some((_, drawing)) = DRAWINGS.iter().find(|(drawing, _)| *drawing == name) {
        return Some(Answer::ok("image/svg+xml", *drawing));
    }
    let stem = name.strip_suffix(".png")?;
    let hue = stem.bytes().fold(7_u8, |hue, byte| hue.wrapping_mul(31).wrapping_add(byte));
    Some(Answer::ok("image/png", png(hue)))
}

/// A slope from one colour to another, as PNG (RFC 2083).
fn png(hue: u8) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0); // no filter
        for x in 0..WIDTH {
            let across = u8::try_from(x * 255 / WIDTH).unwrap_or(u8::MAX);
            let down = u8::try_from(y * 255 / HEIGHT).unwrap_or(u8::MAX);
            rows.extend([hue, across / 2 + hue / 2, down / 2 + 64]);
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&rows).expect("memory takes every byte");
    let mut head = Vec::new();
    head.extend(WIDTH.to_be_bytes());
    head.extend(HEIGHT.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]); // eight bits each of red, green and blue
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    write_chunk(&mut file, *b"IHDR", &head);
    write_chunk(&mut file, *b"IDAT", &packed.finish().expect("memory takes every byte"));
    write_chunk(&mut file, *b"IEND", &[]);
    file
}

fn write_chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    file.extend(u32::try_from(data.len()).expect("the picture is small").to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}
