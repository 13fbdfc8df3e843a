//! Writes a closed file anew without some of its records: the only way in which a closed file ever changes. The new one
//! is whole and on the disk before it takes the old one's name, so that at any moment one of the two is there. It says
//! how long it was before, by which an index that knew it so learns that it has changed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use chrono::{DateTime, Utc};

use super::error::{Action, Error};
use super::info;
use super::segments::{self, Segment};
use super::warc::{Reader, RecordType, Step, Writer};

/// So much is gathered before it is written.
const GATHERED: u64 = 1 << 20;

/// The offsets of the records that are left out; of a response, its request goes with it.
pub(super) type Edits = BTreeSet<u64>;

/// Writes `segment`, which is closed, anew. What cannot be read of it is left out too. `was` are lengths by which an
/// index may know it, besides its own. Gives its new length.
pub(super) fn rewrite(
    archive: &Path,
    segment: &Segment,
    edits: &Edits,
    was: &[u64],
    now: DateTime<Utc>,
) -> Result<u64, Error> {
    let path = segment.path.as_path();
    let mut lengths = info::earlier_lengths(path).map_err(Error::io(Action::Read, path))?;
    lengths.extend(was);
    lengths.push(segment.length);
    lengths.sort_unstable();
    lengths.dedup();
    let new = segments::beside(path);
    let file = File::create(&new).map_err(Error::io(Action::Create, &new))?;
    let mut writer = Writer::new(file, segment.name.as_str().to_owned());
    let written = info::write(&mut writer, now, &lengths)
        .and_then(|()| copy(path, &mut writer, edits))
        .and_then(|()| {
            // A length that it had before would not tell that it has changed.
            while lengths.contains(&writer.end()) {
                info::write(&mut writer, now, &lengths)?;
            }
            writer.sync()
        });
    if let Err(source) = written {
        // What is left of it is no harm, and goes when the archive is opened the next time.
        let _ = fs::remove_file(&new);
        return Err(Error::Io { action: Action::Write, path: new, source });
    }
    segments::replace(archive, &segment.name, &new)?;
    Ok(writer.end())
}

fn copy(path: &Path, writer: &mut Writer, edits: &Edits) -> io::Result<()> {
    let mut from = File::open(path)?;
    let mut reader = Reader::new(File::open(path)?, 0)?;
    let mut is_leaving = false;
    loop {
        let found = match reader.step(|_| false)? {
            // The new file has its own.
            Step::Record(found) if found.offset == 0 && found.head.kind() == RecordType::Warcinfo => continue,
            Step::Record(found) => found,
            Step::Damaged { .. } => continue,
            Step::End => return writer.flush(),
        };
        let kind = found.head.kind();
        is_leaving = edits.contains(&found.offset) || is_leaving && kind == RecordType::Request;
        if !is_leaving {
            let mut packed = Vec::new();
            from.seek(SeekFrom::Start(found.offset))?;
            (&from).take(found.length).read_to_end(&mut packed)?;
            writer.append_packed(&packed);
        }
        if writer.pending() >= GATHERED {
            writer.flush()?;
        }
    }
}
