use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

/// A photo of hills: many colours, and no two columns alike.
fn photo(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let wave = |part: u32| ((x * part / 7 + y * (part + 3) / 5 + x * y / 97) % 256) as u8;
        Rgb([wave(2), wave(5), wave(11)])
    }))
}

fn drawing(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| {
        if (x / 8 + y / 8) % 2 == 0 { Rgba([200, 30, 30, 255]) } else { Rgba([0, 0, 0, 0]) }
    }))
}

fn bytes(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG with an Exif segment that holds this orientation and a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 52.37 4.90");
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    out.extend(exif);
    out.extend(&jpeg[2..]);
    out
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    out.extend(name);
    out.extend(content);
    out.extend([0; 4]);
    out
}

#[test]
fn a_large_photo_has_two_files_and_a_small_one_for_lists() {
    let jpeg = bytes(&photo(2000, 1000), ImageFormat::Jpeg);
    let picture = check(&jpeg).unwrap();
    assert_eq!(picture, Picture { kind: Kind::Jpeg, look: Look::Photo, width: 2000, height: 1000 });
    let sizes: Vec<_> =
        renditions(&picture).iter().map(|file| (file.width, file.height, file.kind)).collect();
    assert_eq!(sizes, [(1600, 800, Kind::Jpeg), (800, 400, Kind::Jpeg)]);
    for file in renditions(&picture).into_iter().chain([thumbnail(&picture)]) {
        let shown = image::load_from_memory(&render(&jpeg, &picture, &file).unwrap()).unwrap();
        assert_eq!((shown.width(), shown.height()), (file.width, file.height));
    }
}

#[test]
fn a_picture_of_the_right_size_keeps_every_pixel_and_loses_what_was_hidden_in_it() {
    let plain = bytes(&photo(300, 200), ImageFormat::Jpeg);
    let mut hiding = with_exif(&plain, 1);
    hiding.extend(b"<script>alert(1)</script>");
    let picture = check(&hiding).unwrap();
    let files = renditions(&picture);
    assert_eq!(files.len(), 1);
    let shown = render(&hiding, &picture, &files[0]).unwrap();
    assert!(!holds(&shown, b"GPS") && !holds(&shown, b"<script>") && !holds(&shown, b"JFIF"));
    assert_eq!(image::load_from_memory(&shown).unwrap(), image::load_from_memory(&plain).unwrap());
}

#[test]
fn a_picture_that_lies_on_its_side_is_turned() {
    let jpeg = with_exif(&bytes(&photo(300, 200), ImageFormat::Jpeg), 6);
    let picture = check(&jpeg).unwrap();
    assert_eq!((picture.width, picture.height), (200, 300));
    let shown = render(&jpeg, &picture, &renditions(&picture)[0]).unwrap();
    let shown = image::load_from_memory(&shown).unwrap();
    assert_eq!((shown.width(), shown.height()), (200, 300));
    assert!(!holds(shown.as_bytes(), b"GPS"));
}

#[test]
fn what_can_be_seen_through_stays_so() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let file = bytes(&drawing(1200, 600), format);
        let picture = check(&file).unwrap();
        assert_eq!(picture.look, Look::Drawing, "{format:?}");
        let small = renditions(&picture)[1];
        assert_eq!(small.kind, Kind::Png, "{format:?}");
        let shown = image::load_from_memory(&render(&file, &picture, &small).unwrap()).unwrap();
        assert!(shown.to_rgba8().pixels().any(|pixel| pixel.0[3] == 0), "{format:?}");
    }
}

#[test]
fn notes_in_a_png_and_a_webp_go_and_the_picture_stays() {
    let png = bytes(&drawing(40, 40), ImageFormat::Png);
    let mut noted = png[..33].to_vec();
    noted.extend(chunk(b"tEXt", b"Comment\0GPS"));
    noted.extend(&png[33..]);
    noted.extend(b"PK\x03\x04 GPS");
    assert_eq!(stripped::without_metadata(Kind::Png, &noted).unwrap(), png);
    let webp = bytes(&drawing(40, 40), ImageFormat::WebP);
    let mut noted = webp.clone();
    noted.extend(b"EXIF\x04\0\0\0GPS!");
    let length = u32::try_from(noted.len() - 8).unwrap().to_le_bytes();
    noted[4..8].copy_from_slice(&length);
    noted.extend(b"behind");
    assert_eq!(stripped::without_metadata(Kind::WebP, &noted).unwrap(), webp);
}

/// A GIF of so many frames of one pixel, with a comment.
fn gif(frames: usize) -> Vec<u8> {
    let mut out = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    out.extend(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0!\xfe\x03GPS\0");
    for _ in 0..frames {
        out.extend(b"!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    }
    out.push(b';');
    out
}

#[test]
fn an_animation_is_kept_whole_without_its_comments() {
    let moving = gif(3);
    let picture = check(&moving).unwrap();
    assert_eq!((picture.look, renditions(&picture).len()), (Look::Whole, 1));
    let shown = render(&moving, &picture, &renditions(&picture)[0]).unwrap();
    assert!(holds(&shown, b"NETSCAPE2.0") && !holds(&shown, b"GPS"));
    assert_eq!(shown.len(), moving.len() - 7);
    assert_ne!(check(&gif(1)).unwrap().look, Look::Whole);
}

#[test]
fn a_bomb_is_refused_by_its_head() {
    let mut png = bytes(&drawing(8, 8), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0xfd, 0xe8, 0, 0, 0xfd, 0xe8]);
    // The checksum of the head, so that no other mistake is found first.
    let mut crc = !0_u32;
    for byte in &png[12..29] {
        crc ^= u32::from(*byte);
        (0..8).for_each(|_| crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 });
    }
    png[29..33].copy_from_slice(&(!crc).to_be_bytes());
    let expected = Unusable::TooManyPixels { width: 65_000, height: 65_000 };
    assert_eq!(check(&png), Err(expected.clone()));
    let mut jpeg = bytes(&photo(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xfd, 0xe8, 0xfd, 0xe8]);
    assert_eq!(check(&jpeg), Err(expected));
}

#[test]
fn a_photo_of_endless_scans_is_refused_before_it_is_decoded() {
    let jpeg = bytes(&photo(16, 16), ImageFormat::Jpeg);
    let scan = jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let mut many = jpeg[..jpeg.len() - 2].to_vec();
    (0..1000).for_each(|_| many.extend(&jpeg[scan..jpeg.len() - 2]));
    many.extend([0xff, 0xd9]);
    assert_eq!(check(&many), Err(Unusable::TooManyScans { scans: 1001 }));
}

#[test]
fn what_is_no_picture_or_only_half_of_one_is_refused() {
    let page = b"<!DOCTYPE html><title>No hot-linking</title><svg></svg>";
    for other in [&page[..], b"", b"%PDF-1.7", b"GIF", b"\xff\xd8", b"RIFF\x04\0\0\0WAVE", b"{\"svg\":1}"] {
        assert!(check(other).is_err(), "{other:?}");
    }
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = bytes(&photo(64, 64), format);
        for kept in [whole.len() / 2, whole.len() - 3, 20] {
            assert!(check(&whole[..kept]).is_err(), "{format:?} {kept}");
        }
    }
}

#[test]
fn nothing_runs_or_loads_in_a_drawing() {
    let svg = br##"<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"
        xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 150" onload="alert(1)">
        <style>@import url(https://count.example/)</style><script>alert(2)</script>
        <a href="https://a.example/"><circle r="3" fill="url(#g)"/></a>
        <image href="https://count.example/p.png"/><use xlink:href="#c"/><use href="https://a.example/x.svg#c"/>
        <rect fill="url(https://count.example/)" style="fill:red" height="5"/><animate attributeName="href" to="javascript:alert(3)"/>
        <foreignObject><iframe src="https://a.example/"/></foreignObject><text>A &amp; B &x;</text></svg> behind"##;
    let picture = check(svg).unwrap();
    assert_eq!((picture.width, picture.height, picture.kind), (300, 150, Kind::Svg));
    let shown = render(svg, &picture, &renditions(&picture)[0]).unwrap();
    let text = String::from_utf8(shown.clone()).unwrap();
    for gone in [
        "alert",
        "count.example",
        "a.example",
        "ENTITY",
        "import",
        "foreign",
        "animate",
        "onload",
        "&x;",
        "behind",
    ] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
    for kept in ["style=\"fill:red\"", "<use xlink:href=\"#c\"/>", "<text>A &amp; B </text>", "viewBox"] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    assert_eq!(svg::cleaned(&shown).unwrap(), shown, "what is clean stays as it is");
}

/// An AVIF file of one item and its Exif data, without a picture.
fn avif() -> Vec<u8> {
    let boxed = |name: &[u8], content: &[u8]| {
        let mut out = u32::try_from(content.len() + 8).unwrap().to_be_bytes().to_vec();
        out.extend(name);
        out.extend(content);
        out
    };
    let size = [&[0; 4][..], &1200_u32.to_be_bytes(), &800_u32.to_be_bytes()].concat();
    let properties = boxed(b"iprp", &boxed(b"ipco", &[boxed(b"ispe", &size), boxed(b"irot", &[1])].concat()));
    let entry = |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0][..], kind, b"\0"].concat());
    let info = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 2][..], &entry(1, b"av01"), &entry(2, b"Exif")].concat());
    let build = |at: u32| {
        let place = |id: u8, at: u32, length: u32| {
            [&[0, id, 0, 0, 0, 1][..], &at.to_be_bytes(), &length.to_be_bytes()].concat()
        };
        let places = [&[0, 0, 0, 0, 0x44, 0, 0, 2][..], &place(1, at, 5), &place(2, at + 5, 7)].concat();
        let meta = [&[0; 4][..], &info, &boxed(b"iloc", &places), &properties].concat();
        [boxed(b"ftyp", b"avif\0\0\0\0"), boxed(b"meta", &meta), boxed(b"mdat", b"PIXELGPS 52N")].concat()
    };
    let at = u32::try_from(build(0).len() - 12).unwrap();
    build(at)
}

#[test]
fn an_avif_is_shown_as_it_is_without_its_place() {
    let file = avif();
    let picture = check(&file).unwrap();
    assert_eq!((picture.width, picture.height, picture.look), (800, 1200, Look::Whole));
    let shown = render(&file, &picture, &renditions(&picture)[0]).unwrap();
    assert!(shown.ends_with(b"PIXEL\0\0\0\0\0\0\0"));
    assert_eq!(shown.len(), file.len());
}

#[test]
fn each_thread_makes_the_same_bytes() {
    let jpeg = bytes(&photo(1300, 700), ImageFormat::Jpeg);
    let picture = check(&jpeg).unwrap();
    let made =
        || renditions(&picture).iter().map(|file| render(&jpeg, &picture, file).unwrap()).collect::<Vec<_>>();
    let once = made();
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..4).map(|_| scope.spawn(made)).collect();
        others.into_iter().for_each(|other| assert!(other.join().unwrap() == once));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_more_than_a_warning(
        at in 0_usize..4000, value in any::<u8>(), cut in 0_usize..4000, which in 0_usize..6,
    ) {
        let mut file = match which {
            0 => bytes(&photo(40, 30), ImageFormat::Jpeg),
            1 => bytes(&drawing(40, 30), ImageFormat::Png),
            2 => bytes(&drawing(40, 30), ImageFormat::WebP),
            3 => gif(2),
            4 => avif(),
            _ => b"<svg viewBox='0 0 9 9'><g><path d='M0 0'/></g><text>a</text></svg>".to_vec(),
        };
        let length = file.len();
        file[at % length] = value;
        if cut % 3 == 0 {
            file.truncate(cut % length);
        }
        if let Ok(picture) = check(&file) {
            for rendition in renditions(&picture).into_iter().chain([thumbnail(&picture)]) {
                let _ = render(&file, &picture, &rendition);
            }
        }
    }
}
