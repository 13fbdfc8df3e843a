//! A question to whoever sits at the terminal. Who does not is never asked.

use std::io::{self, IsTerminal, Write};

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UserAnswer {
    Yes,
    No,
    /// The number of one of the things shown, counted from 1.
    Number(usize),
}

/// Whether there is somebody to ask.
pub(super) fn can_be_asked() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks until the answer is understood; an empty one is yes, the end of input is no.
pub(super) fn ask(question: &str, things: usize) -> io::Result<UserAnswer> {
    loop {
        let Some(line) = answer(question)? else { return Ok(UserAnswer::No) };
        if let Some(answer) = understood(&line, things) {
            return Ok(answer);
        }
        match things {
            0 | 1 => eprintln!("please answer y or n"),
            things => eprintln!("please answer y, n or a number from 1 to {things}"),
        }
    }
}

/// Asks for a line until `is_good` accepts it; `None` for an empty line or the end of input.
pub(super) fn line(question: &str, is_good: impl Fn(&str) -> bool, hint: &str) -> io::Result<Option<String>> {
    loop {
        let Some(line) = answer(question)? else { return Ok(None) };
        match line.trim() {
            "" => return Ok(None),
            line if is_good(line) => return Ok(Some(line.to_owned())),
            _ => eprintln!("{hint}"),
        }
    }
}

/// The line that is typed; `None` at the end of input. What was typed before the question is dropped.
fn answer(question: &str) -> io::Result<Option<String>> {
    forget_typed();
    eprint!("{question} ");
    io::stderr().flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        eprintln!();
        return Ok(None);
    }
    Ok(Some(line))
}

/// Drops what was typed and not read yet.
fn forget_typed() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}

fn understood(line: &str, things: usize) -> Option<UserAnswer> {
    match line.trim().to_ascii_lowercase().as_str() {
        "" | "y" | "yes" => Some(UserAnswer::Yes),
        "n" | "no" => Some(UserAnswer::No),
        number => number.parse().ok().filter(|at| (1..=things).contains(at)).map(UserAnswer::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_in_their_short_forms() {
        assert_eq!(understood("\n", 3), Some(UserAnswer::Yes));
        assert_eq!(understood(" N ", 3), Some(UserAnswer::No));
        assert_eq!(understood("3", 3), Some(UserAnswer::Number(3)));
        assert_eq!((understood("4", 3), understood("0", 3), understood("maybe", 3)), (None, None, None));
    }
}
