//! HTTP content codings (RFC 9110, section 8.4.1), undone within a bound. Captures keep their codings on, so both
//! the fetcher and whoever reads the archive undo them here.
//!
//! The `Content-Encoding` header is a hint; the bytes decide. Servers label plain pages `gzip`, `none` or `UTF-8`,
//! send gzip without a label, or lose the trailer. Browsers show such pages, so they are read here too. Only data
//! that ends inside its compressed stream is broken.

use std::io::{self, Read};

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status};

/// More codings than this on one body are an attack: each may multiply the work of the one before.
const MAX_CODINGS: usize = 3;
/// How many bytes show whether a body is text.
const TEXT_SAMPLE: usize = 1024;

/// Why a body could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// More codings were applied than anybody needs.
    #[error("the page is packed more than {limit} times")]
    TooMany {
        /// The bound.
        limit: usize,
    },
    /// The packed data is broken or cut off.
    #[error("the {coding} data is broken")]
    Broken {
        /// The coding that failed.
        coding: &'static str,
        /// What the decoder said.
        #[source]
        source: io::Error,
    },
    /// The data unpacks to more than is allowed.
    #[error("the {coding} data unpacks to more than {limit} bytes")]
    TooLarge {
        /// The coding that went over.
        coding: &'static str,
        /// The bound in bytes.
        limit: usize,
    },
}

/// A coding that tearsheet can undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Zlib,
    Deflate,
    Brotli,
    Zstd,
}

/// Undoes the codings of `body`, last applied first. `content_encoding` is the header's value; a name in it that is
/// no coding, or that does not fit the bytes, is passed over.
///
/// # Errors
/// [`CodingError`] for more than three codings, broken data, or more than `limit` bytes.
pub fn decode_content(
    body: &Bytes,
    content_encoding: Option<&str>,
    limit: usize,
) -> Result<Bytes, CodingError> {
    let (mut payload, mut undone) = (body.clone(), 0);
    for name in content_encoding.unwrap_or_default().rsplit(',') {
        let Some(coding) = Coding::of(name.trim(), &payload) else { continue };
        undone += 1;
        if undone > MAX_CODINGS {
            return Err(CodingError::TooMany { limit: MAX_CODINGS });
        }
        payload = Bytes::from(coding.undo(&payload, limit)?);
    }
    // Packed once more than the label says, or without a label. What is too large then is a document that is meant to
    // be packed, such as `sitemap.xml.gz`.
    while undone < MAX_CODINGS && is_gzip(&payload) {
        let Ok(plain) = Coding::Gzip.undo(&payload, limit) else { break };
        payload = Bytes::from(plain);
        undone += 1;
    }
    Ok(payload)
}

impl Coding {
    /// The coding that `packed` has, if `name` says that it has one.
    fn of(name: &str, packed: &[u8]) -> Option<Coding> {
        let is = |coding: &str| name.eq_ignore_ascii_case(coding);
        let is_deflated = is("gzip") || is("x-gzip") || is("deflate");
        match packed {
            _ if is_deflated && is_gzip(packed) => Some(Coding::Gzip),
            _ if is_deflated && is_zlib(packed) => Some(Coding::Zlib),
            // Some servers mean raw deflate where RFC 9110 says zlib.
            _ if is("deflate") && !is_text(packed) => Some(Coding::Deflate),
            _ if is("br") && !is_text(packed) => Some(Coding::Brotli),
            [0x28, 0xb5, 0x2f, 0xfd, ..] if is("zstd") => Some(Coding::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Zlib | Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }

    fn undo(self, packed: &[u8], limit: usize) -> Result<Vec<u8>, CodingError> {
        let unpacked = match self {
            Coding::Gzip => gunzip(packed, limit),
            Coding::Zlib => inflate(packed, true, limit).map(|(payload, _)| payload),
            Coding::Deflate => inflate(packed, false, limit).map(|(payload, _)| payload),
            Coding::Brotli => read_bounded(brotli_decompressor::Decompressor::new(packed, 4096), limit),
            Coding::Zstd => zstd::stream::read::Decoder::with_buffer(packed)
                .and_then(|decoder| read_bounded(decoder, limit)),
        };
        match unpacked {
            Ok(payload) if payload.len() > limit => Err(CodingError::TooLarge { coding: self.name(), limit }),
            Ok(payload) => Ok(payload),
            Err(source) => Err(CodingError::Broken { coding: self.name(), source }),
        }
    }
}

/// Whether `bytes` begin a gzip member whose method is deflate (RFC 1952, section 2.3.1).
fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// Whether `bytes` begin with a zlib header (RFC 1950, section 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [method, flags, ..]
        if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31))
}

/// Whether `bytes` begin as text does: without the control characters that packed data soon has.
fn is_text(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(TEXT_SAMPLE)];
    sample.iter().all(|&byte| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
}

/// Unpacks gzip members (RFC 1952). The trailer of a member is not compared, since servers send wrong ones and none
/// with whole data; and what follows the last member is no part of the payload.
fn gunzip(mut packed: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    const TRAILER: usize = 8;
    let mut payload = Vec::new();
    while is_gzip(packed) && payload.len() <= limit {
        let member = flate2::bufread::GzDecoder::new(packed);
        if member.header().is_none() {
            return if payload.is_empty() { Err(io::ErrorKind::InvalidData.into()) } else { Ok(payload) };
        }
        let deflated = member.into_inner();
        let (more, read) = match inflate(deflated, false, limit - payload.len()) {
            // What looks like a further member after a whole one may be anything.
            Err(_) if !payload.is_empty() => return Ok(payload),
            unpacked => unpacked?,
        };
        payload.extend(more);
        packed = deflated.get(read + TRAILER..).unwrap_or_default();
    }
    Ok(payload)
}

/// Unpacks a whole deflate stream, to `limit + 1` bytes at the most, and says how many packed bytes it took.
fn inflate(packed: &[u8], has_zlib_header: bool, limit: usize) -> io::Result<(Vec<u8>, usize)> {
    const STEP: usize = 64 * 1024;
    let mut stream = Decompress::new(has_zlib_header);
    let mut payload = Vec::with_capacity(packed.len().saturating_mul(4).min(limit + 1));
    loop {
        let read = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
        payload.reserve(STEP);
        let before = (read, payload.len());
        match stream.decompress_vec(&packed[read..], &mut payload, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return Ok((payload, stream.total_in() as usize)),
            // A wrong checksum behind a whole zlib stream is found only after its last byte.
            Ok(_) if payload.len() > limit => return Ok((payload, packed.len())),
            Ok(_) if (stream.total_in() as usize, payload.len()) == before => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(_) => {}
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
    }
}

/// What `decoder` gives, to one byte more than `limit`.
fn read_bounded(decoder: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut payload = Vec::new();
    decoder.take(limit as u64 + 1).read_to_end(&mut payload)?;
    Ok(payload)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const PAGE: &[u8] = b"<!doctype html><title>Fair</title><p>The fair opens on Friday.</p></html>";

    fn gzip(plain: &[u8]) -> Bytes {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(plain).unwrap();
        Bytes::from(encoder.finish().unwrap())
    }

    fn zlib(plain: &[u8]) -> Bytes {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(plain).unwrap();
        Bytes::from(encoder.finish().unwrap())
    }

    #[track_caller]
    fn check_page(body: &Bytes, label: Option<&str>) {
        assert_eq!(decode_content(body, label, 1000).unwrap(), PAGE, "{label:?}");
    }

    #[test]
    fn codings_are_undone_in_reverse_order() {
        check_page(&gzip(&zlib(PAGE)), Some("deflate, GZIP"));
    }

    #[test]
    fn a_label_that_does_not_fit_the_bytes_is_passed_over() {
        let plain = Bytes::from_static(PAGE);
        for label in
            ["UTF-8", "none", "binary", "aws-chunked", "", "gzip", "br", "deflate", "zstd", "gzip, utf-8"]
        {
            check_page(&plain, Some(label));
        }
        check_page(&gzip(PAGE), Some("gzip, utf-8"));
        check_page(&gzip(PAGE), Some("gzip, gzip"));
        check_page(&gzip(PAGE), Some("deflate"));
        check_page(&zlib(PAGE), Some("gzip"));
        check_page(&zlib(PAGE).slice(2..zlib(PAGE).len() - 4), Some("deflate"));
    }

    #[test]
    fn gzip_is_seen_without_a_label() {
        check_page(&gzip(PAGE), None);
        check_page(&gzip(&gzip(PAGE)), Some("gzip"));
    }

    #[test]
    fn whole_data_needs_no_trailer_and_nothing_behind_it() {
        let packed = gzip(PAGE);
        let data = &packed[..packed.len() - 8];
        for tail in [&b""[..], b"\x01\x02\x03\x04", b"\0\0\0\0\0\0\0\0\r\n", b"12345678<!-- cached -->"] {
            check_page(&Bytes::from([data, tail].concat()), Some("gzip"));
        }
        check_page(&Bytes::from([&packed[..], &packed[..2]].concat()), Some("gzip"));
    }

    #[test]
    fn members_follow_one_another() {
        let (one, two) = PAGE.split_at(20);
        check_page(&Bytes::from([gzip(one), gzip(two)].concat()), Some("gzip"));
    }

    #[test]
    fn data_that_ends_early_is_broken() {
        let text: Vec<u8> = (0..5000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let packed = gzip(&text);
        for end in [12, packed.len() / 2, packed.len() - 9] {
            let cut = decode_content(&packed.slice(..end), Some("gzip"), 100_000);
            assert!(matches!(cut, Err(CodingError::Broken { coding: "gzip", .. })), "{end}: {cut:?}");
        }
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = gzip(&vec![0; 1 << 20]);
        assert!(matches!(decode_content(&bomb, Some("gzip"), 1000), Err(CodingError::TooLarge { .. })));
        assert_eq!(decode_content(&bomb, None, 1000).unwrap(), bomb, "meant to be packed");
    }

    #[test]
    fn more_than_three_codings_are_not_undone() {
        let mut packed = Bytes::from_static(PAGE);
        for _ in 0..4 {
            packed = gzip(&packed);
        }
        let labels = ["gzip"; 4].join(",");
        let refused = decode_content(&packed, Some(&labels), 1000);
        assert!(matches!(refused, Err(CodingError::TooMany { limit: 3 })));
        let many = ["gzip"; 100_000].join(",");
        check_page(&gzip(PAGE), Some(&many));
    }
}
