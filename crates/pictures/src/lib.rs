//! Pictures of articles: what they are, whether they can be shown, and the files that show them. Bytes in, bytes out: which
//! picture belongs to which article, where it is kept and where its files go is for others.
//!
//! Whatever a server says, a picture is what its bytes are. Its size is read from its head, and one that would take too
//! much memory is refused before it is decoded. A file that is shown has nothing in it but the picture: no place where
//! it was taken, no preview, no bytes behind its end.

mod avif;
mod raster;
mod sniff;
mod stripped;
mod svg;

pub use raster::render;
pub use tearsheet_model::{Picture, PictureKind as Kind, PictureLook as Look};

/// The number of what makes files of pictures: another one may give other bytes, and so names its files otherwise.
pub const VERSION: u32 = 1;

/// The most pixels of a picture that is decoded.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The most bytes that its pixels take once decoded.
const MOST_MEMORY: u64 = 128 << 20;
/// The most pixels on one side.
const LONGEST_SIDE: u32 = 30_000;

/// What a page shows at its width on a screen of the usual density.
const SMALL: u32 = 800;
/// The widest file that is made.
const LARGE: u32 = 1600;
/// For lists of articles.
const THUMBNAIL: u32 = 320;

/// One of the files that show a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its format.
    pub kind: Kind,
}

/// Why bytes cannot be shown as a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// They are of no format that is known here.
    #[error("it is no picture of a known format")]
    Unknown,
    /// Decoding it would take too much memory.
    #[error("it has {width} × {height} pixels, which is more than is decoded")]
    TooManyPixels {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// It says no size.
    #[error("it does not say how large it is")]
    NoSize,
    /// It takes too long to decode for its size.
    #[error("it has {scans} scans, which is more than is decoded")]
    TooManyScans {
        /// How many.
        scans: usize,
    },
    /// It ends before it is complete.
    #[error("it is cut off")]
    CutOff,
    /// It breaks its format.
    #[error("it is damaged: {what}")]
    Damaged {
        /// What the decoder said.
        what: String,
    },
}

/// Looks at a picture, and decodes it once: what comes back can be shown.
///
/// # Errors
/// [`Unusable`] if it cannot.
pub fn check(bytes: &[u8]) -> Result<Picture, Unusable> {
    let kind = sniff::kind(bytes).ok_or(Unusable::Unknown)?;
    match kind {
        Kind::Avif => {
            let (width, height) = avif::size(bytes)?;
            let _ = stripped::without_metadata(kind, bytes)?;
            whole(kind, width, height)
        }
        Kind::Svg => {
            let (width, height) = svg::size(bytes)?;
            let _ = stripped::without_metadata(kind, bytes)?;
            whole(kind, width, height)
        }
        Kind::Jpeg | Kind::Png | Kind::WebP | Kind::Gif => raster::check(kind, bytes),
    }
}

fn whole(kind: Kind, width: u32, height: u32) -> Result<Picture, Unusable> {
    bounded(width, height)?;
    Ok(Picture { kind, look: Look::Whole, width, height })
}

/// Refuses a size that is none, or more than is shown.
fn bounded(width: u32, height: u32) -> Result<(), Unusable> {
    if width == 0 || height == 0 {
        return Err(Unusable::NoSize);
    }
    let is_large = u64::from(width) * u64::from(height) > MOST_PIXELS;
    if is_large || width.max(height) > LONGEST_SIDE {
        return Err(Unusable::TooManyPixels { width, height });
    }
    Ok(())
}

/// The files that show `picture`, the widest first; never empty.
#[must_use]
pub fn renditions(picture: &Picture) -> Vec<Rendition> {
    let mut found = vec![large(picture)];
    // A file that is hardly smaller saves nothing.
    if picture.look != Look::Whole && found[0].width > SMALL + SMALL / 4 {
        found.push(scaled(picture, SMALL));
    }
    found
}

/// The thumbnail of `picture`, for lists of articles.
#[must_use]
pub fn thumbnail(picture: &Picture) -> Rendition {
    if picture.look == Look::Whole || picture.width <= THUMBNAIL + THUMBNAIL / 4 {
        return large(picture);
    }
    scaled(picture, THUMBNAIL)
}

fn large(picture: &Picture) -> Rendition {
    let Picture { kind, look, width, height } = *picture;
    if look == Look::Whole || width <= LARGE {
        return Rendition { width, height, kind };
    }
    scaled(picture, LARGE)
}

fn scaled(picture: &Picture, width: u32) -> Rendition {
    let exact = u64::from(picture.height) * u64::from(width);
    let height = (exact + u64::from(picture.width) / 2) / u64::from(picture.width);
    let kind = if picture.look == Look::Photo { Kind::Jpeg } else { Kind::Png };
    Rendition { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1), kind }
}

#[cfg(test)]
mod tests;
