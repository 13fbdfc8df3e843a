//! Which records go out: those of the chosen sources with the exchanges from which they were made, in the order of the
//! archive. What an article is of, the index says: also a source that found it second has it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::{Action, Error};
use crate::index::Mark;
use crate::model::SourceId;
use crate::read::view::View;
use crate::record::{ARTICLE, Conversion, Format, NOTE, Note, format};
use crate::store::segments::{self, Name};
use crate::warc::{Found, Head, Reader, RecordType, Step};

/// A record as it stands in its file.
pub(super) struct Member {
    pub(super) head: Head,
    pub(super) block: Vec<u8>,
    /// Its bytes in the file.
    pub(super) raw: Vec<u8>,
}

/// Takes a group, and the name of its file.
type Write<'a> = dyn FnMut(&str, &[Member]) -> Result<(), Error> + 'a;

/// Of whose source a note is.
#[derive(Deserialize)]
struct OfSource {
    source: SourceId,
}

/// Gives `write` each group and the name of its file. The first group of a file is preceded by what describes that.
/// How many damaged places were passed over.
pub(super) fn groups(
    view: &View,
    sources: Option<&[SourceId]>,
    write: &mut Write<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, Error> {
    let marks = view.index.marks().map_err(view.in_index())?;
    let all = marks.iter().map(|mark| mark.length).sum();
    let (mut done, mut damaged) = (0, 0);
    for mark in &marks {
        let Some(name) = Name::parse(&mark.name) else { continue };
        let mut file = Groups { view, sources, mark, info: None, pending: Vec::new(), damaged: 0 };
        file.read(&name, write, &mut |here| progress(done + here, all))?;
        done += mark.length;
        damaged += file.damaged;
    }
    Ok(damaged)
}

/// One file under way.
struct Groups<'a> {
    view: &'a View,
    sources: Option<&'a [SourceId]>,
    mark: &'a Mark,
    /// What describes the file, until it was written.
    info: Option<Member>,
    /// What was read since the last record that said what a group is.
    pending: Vec<Member>,
    damaged: u64,
}

impl Groups<'_> {
    fn read(
        &mut self,
        name: &Name,
        write: &mut Write<'_>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Error> {
        let (file, path) = segments::open_for_reading(&self.view.archive, name)?;
        let in_file = || Error::io(Action::Read, &path);
        let (mut raw, _) = segments::open_for_reading(&self.view.archive, name)?;
        let mut reader = Reader::new(file, 0).map_err(in_file())?.up_to(self.mark.length);
        loop {
            match reader.step(|_| true).map_err(in_file())? {
                Step::Record(found) => {
                    let end = found.offset + found.length;
                    let member = member(&mut raw, found).map_err(in_file())?;
                    self.record(member, write)?;
                    progress(end);
                }
                Step::Damaged { .. } => {
                    self.damaged += 1;
                    self.pending.clear();
                }
                Step::End => return Ok(()),
            }
        }
    }

    fn record(&mut self, member: Member, write: &mut Write<'_>) -> Result<(), Error> {
        match member.head.kind() {
            RecordType::Warcinfo => self.info = Some(member),
            RecordType::Response | RecordType::Request | RecordType::Revisit => self.pending.push(member),
            RecordType::Conversion | RecordType::Metadata | RecordType::Other => {
                let is_wanted = self.is_wanted(&member)?;
                self.pending.push(member);
                let group = std::mem::take(&mut self.pending);
                if is_wanted {
                    let group: Vec<Member> = self.info.take().into_iter().chain(group).collect();
                    write(&self.mark.name, &group)?;
                }
            }
        }
        Ok(())
    }

    fn is_wanted(&self, fact: &Member) -> Result<bool, Error> {
        let Some(sources) = self.sources else { return Ok(true) };
        let content_type = fact.head.content_type();
        if format(content_type, ARTICLE) == Format::Ours {
            let Ok(Conversion { about, .. }) = serde_json::from_slice::<Conversion<IgnoredAny>>(&fact.block)
            else {
                return Ok(false);
            };
            let index = &self.view.index;
            let is_found = || match index.sequence_of(&about.id)? {
                Some(sequence) => sources
                    .iter()
                    .try_fold(false, |is, source| Ok(is || index.is_found_by(sequence, source)?)),
                None => Ok(false),
            };
            return is_found().map_err(self.view.in_index());
        }
        if format(content_type, NOTE) == Format::Ours
            && let Ok(Note::Picture { url, .. }) = serde_json::from_slice::<Note>(&fact.block)
        {
            // Who shows a picture needs it, whoever showed it first.
            return self.view.index.is_picture_of(&url, sources).map_err(self.view.in_index());
        }
        let of = (format(content_type, NOTE) == Format::Ours)
            .then(|| serde_json::from_slice::<OfSource>(&fact.block).ok());
        Ok(of.flatten().is_some_and(|of| sources.contains(&of.source)))
    }
}

fn member(file: &mut File, found: Found) -> io::Result<Member> {
    file.seek(SeekFrom::Start(found.offset))?;
    let mut raw = Vec::with_capacity(usize::try_from(found.length).unwrap_or_default());
    file.take(found.length).read_to_end(&mut raw)?;
    Ok(Member { head: found.head, block: found.block.unwrap_or_default(), raw })
}
