//! HTTP content codings (RFC 9110, section 8.4.1), undone within a bound. Captures keep their codings on, so both
//! the fetcher and whoever reads the archive undo them here.

use std::io::{self, Read};

use bytes::Bytes;

/// Why a body could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// The coding is none that tearsheet asks for.
    #[error("the content coding `{coding}` is unknown")]
    Unknown {
        /// As sent.
        coding: String,
    },
    /// The packed data is broken or cut off.
    #[error("the {coding} data is broken")]
    Broken {
        /// The coding that failed.
        coding: String,
        /// What the decoder said.
        #[source]
        source: io::Error,
    },
    /// The data unpacks to more than is allowed.
    #[error("the {coding} data unpacks to more than {limit} bytes")]
    TooLarge {
        /// The coding that went over.
        coding: String,
        /// The bound in bytes.
        limit: usize,
    },
}

/// Undoes the codings that `content_encoding` lists, last applied first.
///
/// # Errors
/// [`CodingError`] for an unknown coding, broken data, or more than `limit` bytes.
pub fn decode_content(
    body: &Bytes,
    content_encoding: Option<&str>,
    limit: usize,
) -> Result<Bytes, CodingError> {
    let mut payload = body.clone();
    for coding in content_encoding.unwrap_or_default().rsplit(',').map(str::trim) {
        if !coding.is_empty() && !coding.eq_ignore_ascii_case("identity") {
            payload = Bytes::from(undo(&payload, &coding.to_ascii_lowercase(), limit)?);
        }
    }
    Ok(payload)
}

fn undo(packed: &[u8], coding: &str, limit: usize) -> Result<Vec<u8>, CodingError> {
    match coding {
        "gzip" | "x-gzip" => read_bounded(flate2::read::MultiGzDecoder::new(packed), coding, limit),
        // Some servers mean raw deflate where RFC 9110 says zlib.
        "deflate" if packed.first().is_some_and(|byte| byte & 0x0f == 8) => {
            read_bounded(flate2::read::ZlibDecoder::new(packed), coding, limit)
        }
        "deflate" => read_bounded(flate2::read::DeflateDecoder::new(packed), coding, limit),
        "br" => read_bounded(brotli_decompressor::Decompressor::new(packed, 4096), coding, limit),
        "zstd" => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed)
                .map_err(|source| CodingError::Broken { coding: coding.to_owned(), source })?;
            read_bounded(decoder, coding, limit)
        }
        _ => Err(CodingError::Unknown { coding: coding.to_owned() }),
    }
}

fn read_bounded(decoder: impl Read, coding: &str, limit: usize) -> Result<Vec<u8>, CodingError> {
    let mut payload = Vec::new();
    decoder
        .take(limit as u64 + 1)
        .read_to_end(&mut payload)
        .map_err(|source| CodingError::Broken { coding: coding.to_owned(), source })?;
    if payload.len() > limit {
        return Err(CodingError::TooLarge { coding: coding.to_owned(), limit });
    }
    Ok(payload)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(plain: &[u8]) -> Bytes {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(plain).unwrap();
        Bytes::from(encoder.finish().unwrap())
    }

    #[test]
    fn codings_are_undone_in_reverse_order() {
        let twice = gzip(&gzip(b"plain"));
        assert_eq!(decode_content(&twice, Some("gzip, GZIP"), 1000).unwrap(), "plain");
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = gzip(&vec![0; 1 << 20]);
        assert!(matches!(decode_content(&bomb, Some("gzip"), 1000), Err(CodingError::TooLarge { .. })));
    }

    #[test]
    fn broken_and_unknown_codings_say_which() {
        let plain = Bytes::from_static(b"plain");
        assert!(matches!(decode_content(&plain, Some("br"), 1000), Err(CodingError::Broken { .. })));
        assert!(matches!(decode_content(&plain, Some("rot13"), 1000), Err(CodingError::Unknown { .. })));
        assert_eq!(decode_content(&plain, None, 1000).unwrap(), plain);
    }
}
