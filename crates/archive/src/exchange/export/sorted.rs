//! Lines sorted without holding all of them: what is too much for memory waits in temporary files.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

/// Bytes of lines that are held at once.
const HELD: usize = 32 * 1024 * 1024;

/// Lines that are being gathered.
#[derive(Default)]
pub(super) struct Sorted {
    held: Vec<String>,
    bytes: usize,
    /// Lines that were sorted and put aside.
    runs: Vec<File>,
}

impl Sorted {
    /// Adds a line without its end.
    pub(super) fn push(&mut self, line: String) -> io::Result<()> {
        self.bytes += line.len();
        self.held.push(line);
        if self.bytes >= HELD { self.put_aside() } else { Ok(()) }
    }

    fn put_aside(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let mut run = BufWriter::new(tempfile::tempfile()?);
        for line in self.held.drain(..) {
            writeln!(run, "{line}")?;
        }
        let mut run = run.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.rewind()?;
        self.runs.push(run);
        self.bytes = 0;
        Ok(())
    }

    /// The lines in their order, by their bytes.
    pub(super) fn finish(mut self) -> io::Result<Lines> {
        self.put_aside()?;
        let mut lines =
            Lines { runs: self.runs.into_iter().map(BufReader::new).collect(), next: BinaryHeap::new() };
        (0..lines.runs.len()).try_for_each(|run| lines.fill(run))?;
        Ok(lines)
    }
}

/// Sorted lines.
pub(super) struct Lines {
    runs: Vec<BufReader<File>>,
    /// The next line of each run.
    next: BinaryHeap<Reverse<(String, usize)>>,
}

impl Lines {
    fn fill(&mut self, run: usize) -> io::Result<()> {
        let mut line = String::new();
        if self.runs[run].read_line(&mut line)? > 0 {
            line.truncate(line.trim_end_matches('\n').len());
            self.next.push(Reverse((line, run)));
        }
        Ok(())
    }
}

impl Iterator for Lines {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<io::Result<String>> {
        let Reverse((line, run)) = self.next.pop()?;
        Some(self.fill(run).map(|()| line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_order_from_however_many_files() {
        let mut sorted = Sorted::default();
        let mut expected: Vec<String> = (0..1000).map(|n| format!("{:03}", n * 7 % 1000)).collect();
        for (n, line) in expected.iter().enumerate() {
            sorted.push(line.clone()).unwrap();
            if n % 300 == 0 {
                sorted.put_aside().unwrap();
            }
        }
        expected.sort();
        assert_eq!(sorted.finish().unwrap().map(Result::unwrap).collect::<Vec<_>>(), expected);
    }
}
