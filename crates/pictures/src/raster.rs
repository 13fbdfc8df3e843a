//! Decoding, turning, resizing and encoding.

use std::collections::HashSet;
use std::io::Cursor;

use fast_image_resize as resize;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView, ImageDecoder, ImageEncoder, ImageError, ImageFormat,
    ImageReader, Limits, RgbImage, RgbaImage,
};

use crate::stripped::{moves, scans, without_metadata};
use crate::{Kind, Look, MOST_MEMORY, Picture, Rendition, Unusable, bounded};

/// Of 100, for smaller files.
const QUALITY: u8 = 82;
/// Of 100, for a picture that was only turned.
const QUALITY_OF_TURNED: u8 = 92;
/// More scans than this no camera and no tool writes.
const MOST_SCANS: usize = 32;
/// A picture with so many colours is a photo.
const MANY_COLOURS: usize = 2048;
/// Pixels that are looked at for colours.
const SAMPLE: usize = 1 << 16;
/// A colour profile that is larger is not passed on.
const MOST_PROFILE: usize = 64 << 10;

/// What reads a picture of any format.
type Decoder<'a> = Box<dyn ImageDecoder + 'a>;

/// A picture in memory.
struct Pixels {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// Reads kind and size from the head, then decodes all of it once.
pub(crate) fn check(kind: Kind, bytes: &[u8]) -> Result<Picture, Unusable> {
    let (decoder, orientation) = begin(kind, bytes)?;
    let (width, height) = turned(decoder.dimensions(), orientation);
    let _ = without_metadata(kind, bytes)?;
    let Pixels { image, .. } = decoded(decoder)?;
    let look = if moves(kind, bytes) { Look::Whole } else { look(&image) };
    Ok(Picture { kind, look, width, height })
}

/// The bytes of one of the files that show the picture in `bytes`.
///
/// # Errors
/// [`Unusable`] if it cannot be decoded; of a picture that was checked that is another version's doing.
pub fn render(bytes: &[u8], picture: &Picture, rendition: &Rendition) -> Result<Vec<u8>, Unusable> {
    if picture.look == Look::Whole {
        return without_metadata(picture.kind, bytes);
    }
    let is_whole = (rendition.width, rendition.height) == (picture.width, picture.height);
    let (decoder, orientation) = begin(picture.kind, bytes)?;
    if is_whole && rendition.kind == picture.kind && orientation == Orientation::NoTransforms {
        return without_metadata(picture.kind, bytes);
    }
    let Pixels { mut image, profile } = decoded(decoder)?;
    image.apply_orientation(orientation);
    let image = if is_whole { in_bytes(image) } else { resized(image, rendition.width, rendition.height)? };
    let quality = if is_whole { QUALITY_OF_TURNED } else { QUALITY };
    encoded(&image, profile, rendition.kind, quality)
}

/// The decoder with its head read, once it is known to stay within bounds.
fn begin(kind: Kind, bytes: &[u8]) -> Result<(Decoder<'_>, Orientation), Unusable> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
        Kind::Avif | Kind::Svg => return Err(Unusable::Unknown),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder: Decoder<'_> = Box::new(reader.into_decoder().map_err(|error| damaged(&error))?);
    let (width, height) = decoder.dimensions();
    bounded(width, height)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(Unusable::TooManyPixels { width, height });
    }
    if kind == Kind::Jpeg {
        let scans = scans(bytes)?;
        if scans > MOST_SCANS {
            return Err(Unusable::TooManyScans { scans });
        }
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((decoder, orientation))
}

fn decoded(mut decoder: Decoder<'_>) -> Result<Pixels, Unusable> {
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| is_of_rgb(profile));
    let image = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
    Ok(Pixels { image, profile })
}

/// Whether it is a profile for red, green and blue (ICC.1, section 7.2), of a usual size.
fn is_of_rgb(profile: &[u8]) -> bool {
    profile.len() <= MOST_PROFILE && profile.get(16..20) == Some(b"RGB ")
}

fn turned((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    let is_sideways = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    if is_sideways { (height, width) } else { (width, height) }
}

/// A picture that is opaque and has many colours is a photo. Where it can be seen through, and how many colours it has, is
/// looked at in pixels that lie evenly over it.
fn look(image: &DynamicImage) -> Look {
    let (width, height) = (image.width(), image.height());
    let all = u64::from(width) * u64::from(height);
    // An odd step that is no divisor of the width, so that it does not run down a column.
    let step = (all / SAMPLE as u64).max(1) | 1;
    let mut colours = HashSet::new();
    let has_alpha = image.color().has_alpha();
    let mut at = 0;
    while at < all {
        let (x, y) = ((at % u64::from(width)) as u32, (at / u64::from(width)) as u32);
        let pixel = image.get_pixel(x, y).0;
        if has_alpha && pixel[3] < u8::MAX {
            return Look::Drawing;
        }
        colours.insert(pixel);
        if !has_alpha && colours.len() > MANY_COLOURS {
            return Look::Photo;
        }
        at += step;
    }
    if colours.len() > MANY_COLOURS { Look::Photo } else { Look::Drawing }
}

/// The same with eight bits a channel, in three channels or in four.
fn in_bytes(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => image,
        image if image.color().has_alpha() => DynamicImage::ImageRgba8(image.into_rgba8()),
        image => DynamicImage::ImageRgb8(image.into_rgb8()),
    }
}

fn resized(image: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Unusable> {
    let image = in_bytes(image);
    let has_alpha = image.color().has_alpha();
    let pixel = if has_alpha { resize::PixelType::U8x4 } else { resize::PixelType::U8x3 };
    let (from, tall) = (image.width(), image.height());
    let source = resize::images::Image::from_vec_u8(from, tall, image.into_bytes(), pixel);
    let source = source.map_err(|error| Unusable::Damaged { what: error.to_string() })?;
    let mut target = resize::images::Image::new(width, height, pixel);
    let filter = resize::ResizeAlg::Convolution(resize::FilterType::CatmullRom);
    let options = resize::ResizeOptions::new().resize_alg(filter);
    let done = resize::Resizer::new().resize(&source, &mut target, &options);
    done.map_err(|error| Unusable::Damaged { what: error.to_string() })?;
    let bytes = target.into_vec();
    let image = if has_alpha {
        RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
    } else {
        RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8)
    };
    image.ok_or(Unusable::NoSize)
}

fn encoded(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
    kind: Kind,
    quality: u8,
) -> Result<Vec<u8>, Unusable> {
    let mut out = Vec::new();
    let (width, height) = (image.width(), image.height());
    let written = match kind {
        Kind::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
            profile.map(|profile| encoder.set_icc_profile(profile));
            let image = image.to_rgb8();
            encoder.write_image(image.as_raw(), width, height, ExtendedColorType::Rgb8)
        }
        Kind::WebP => {
            let mut encoder = WebPEncoder::new_lossless(&mut out);
            profile.map(|profile| encoder.set_icc_profile(profile));
            encoder.write_image(image.as_bytes(), width, height, image.color().into())
        }
        _ => {
            let mut encoder =
                PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
            profile.map(|profile| encoder.set_icc_profile(profile));
            encoder.write_image(image.as_bytes(), width, height, image.color().into())
        }
    };
    written.map_err(|error| damaged(&error))?;
    Ok(out)
}

fn damaged(error: &ImageError) -> Unusable {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Unusable::CutOff,
        error => Unusable::Damaged { what: error.to_string() },
    }
}
