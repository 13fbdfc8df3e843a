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
    let mut line = String::new();
    loop {
        eprint!("{question} ");
        io::stderr().flush()?;
        line.clear();
        if io::stdin().read_line(&mut line)? == 0 {
            eprintln!();
            return Ok(UserAnswer::No);
        }
        if let Some(answer) = understood(&line, things) {
            return Ok(answer);
        }
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
