//! A pack: many files in one, as a collection of rules is downloaded. It is read where it is; no path in it is ever
//! opened or written, and how much is read of it is bounded, whatever it says of itself.

use std::io::{self, Cursor, Read};

use anyhow::{Context, bail};
use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

/// The most files of a pack.
const MOST_FILES: usize = 20_000;
/// The most bytes that a pack unpacks to.
const MOST_UNPACKED: u64 = 200_000_000;
/// Where a tar archive says what it is, and with what.
const MAGIC: (usize, &[u8]) = (257, b"ustar");

/// How a pack is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pack {
    Tar,
    GzippedTar,
    Zip,
}

/// A file of a pack.
pub(super) struct Member {
    /// Its path, with `/` between folders.
    pub(super) path: String,
    /// What it says; none if it is too large.
    pub(super) bytes: Option<Vec<u8>>,
}

impl Pack {
    /// How these bytes are packed, by what they begin with; none if they are no pack.
    pub(super) fn of(bytes: &[u8]) -> Option<Pack> {
        let mut head = Vec::new();
        let head_size = (MAGIC.0 + MAGIC.1.len()) as u64;
        if bytes.starts_with(b"PK\x03\x04") {
            Some(Pack::Zip)
        } else if is_tar(bytes) {
            Some(Pack::Tar)
        } else if MultiGzDecoder::new(bytes).take(head_size).read_to_end(&mut head).is_ok() && is_tar(&head) {
            Some(Pack::GzippedTar)
        } else {
            None
        }
    }

    /// The files of a pack whose path is wanted, in its order; one with more than `most` bytes without them.
    ///
    /// # Errors
    /// If it is damaged, or larger than anything of the kind.
    pub(super) fn read(
        self,
        bytes: &[u8],
        most: u64,
        is_wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Vec<Member>> {
        let mut members = Members { most, left: MOST_UNPACKED, is_wanted, all: Vec::new() };
        match self {
            Pack::Tar => members.read_tar(bytes),
            Pack::GzippedTar => members.read_tar(MultiGzDecoder::new(bytes).take(MOST_UNPACKED)),
            Pack::Zip => members.read_zip(bytes),
        }
        .with_context(|| {
            format!("its packing is damaged, or it unpacks to more than {} MB", MOST_UNPACKED / 1_000_000)
        })?;
        Ok(members.all)
    }
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(MAGIC.0..).is_some_and(|rest| rest.starts_with(MAGIC.1))
}

struct Members<W> {
    most: u64,
    /// Bytes that may still be unpacked.
    left: u64,
    is_wanted: W,
    all: Vec<Member>,
}

impl<W: Fn(&str) -> bool> Members<W> {
    fn read_tar(&mut self, input: impl Read) -> anyhow::Result<()> {
        let mut archive = tar::Archive::new(input);
        for (number, entry) in archive.entries()?.enumerate() {
            let mut entry = entry?;
            if number >= MOST_FILES {
                bail!("it has more than {MOST_FILES} files");
            }
            // Links lead out of the pack, or to what is in it anyway.
            if entry.header().entry_type().is_file() {
                let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                self.take(path, &mut entry)?;
            }
        }
        Ok(())
    }

    fn read_zip(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        if archive.len() > MOST_FILES {
            bail!("it has more than {MOST_FILES} files");
        }
        for number in 0..archive.len() {
            let mut file = archive.by_index(number)?;
            if file.is_file() {
                let path = file.name()?.replace('\\', "/");
                self.take(path, &mut file)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, path: String, input: &mut impl Read) -> io::Result<()> {
        if !(self.is_wanted)(&path) {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let read = input.take((self.most + 1).min(self.left)).read_to_end(&mut bytes)? as u64;
        self.left -= read;
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.all.push(Member { path, bytes: (read <= self.most).then_some(bytes) });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const FILES: [(&str, &str); 2] =
        [("pack/a.example.txt", "body: //p"), ("../b.example.txt", "body: //div")];

    fn tar(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            // As another program may have it: the builder would refuse a path that leads out.
            header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
            header.set_size(text.len() as u64);
            header.set_cksum();
            builder.append(&header, text.as_bytes()).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, text) in files {
            writer.start_file(*path, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(bytes: &[u8], pack: Pack) {
        assert_eq!(Pack::of(bytes), Some(pack));
        let members = pack.read(bytes, 10, |path| path.ends_with(".txt")).unwrap();
        let read: Vec<(&str, Option<&[u8]>)> =
            members.iter().map(|member| (member.path.as_str(), member.bytes.as_deref())).collect();
        let expected: [(&str, Option<&[u8]>); 2] =
            [(FILES[0].0, Some(FILES[0].1.as_bytes())), (FILES[1].0, None)];
        assert_eq!(read, expected, "{pack:?}: the second has more than ten bytes");
    }

    #[test]
    fn each_packing_is_known_by_its_bytes_and_read() {
        check(&tar(&FILES), Pack::Tar);
        check(&gzipped(&tar(&FILES)), Pack::GzippedTar);
        check(&zip(&FILES), Pack::Zip);
        assert_eq!(Pack::of(b"body: //p"), None);
        assert_eq!(Pack::of(&gzipped(b"WARC/1.1")), None);
    }

    #[test]
    fn a_pack_that_unpacks_to_too_much_is_read_no_further() {
        let (packed, mut members) = (
            zip(&[("a.txt", &"x".repeat(60)), ("b.txt", &"x".repeat(60))]),
            Members { most: 80, left: 100, is_wanted: |_: &str| true, all: Vec::new() },
        );
        assert!(members.read_zip(&packed).is_err());
        assert_eq!(members.all.len(), 1);
    }

    #[test]
    fn a_damaged_pack_is_an_error() {
        let whole = gzipped(&tar(&FILES));
        let cut = &whole[..whole.len() / 2];
        assert!(Pack::GzippedTar.read(cut, 1000, |_| true).is_err());
        assert!(Pack::Zip.read(&zip(&FILES)[..40], 1000, |_| true).is_err());
    }
}
