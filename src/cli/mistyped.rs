//! What was probably meant by a command that there is not.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::arguments::Arguments;
use crate::config::nearest;

/// What other programs call a command of ours.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("clean", "prune"),
    ("delete", "remove"),
    ("fetch", "run"),
    ("follow", "add"),
    ("ls", "list"),
    ("new", "init"),
    ("rm", "remove"),
    ("sources", "list"),
    ("sync", "run"),
    ("update", "run"),
    ("validate", "check"),
];

/// `error` with the command that was meant, if it is about one.
pub(super) fn amended(mut error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    match meant(typed) {
        Some(meant) => error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![meant])),
        None => error.remove(ContextKind::SuggestedSubcommand),
    };
    error
}

fn meant(typed: &str) -> Option<String> {
    let other = OTHER_NAMES.iter().find(|(name, _)| *name == typed).map(|(_, ours)| (*ours).to_owned());
    let all = Arguments::command();
    let names: Vec<&str> =
        all.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).collect();
    let begun = || {
        let mut begun = names.iter().filter(|name| typed.len() >= 3 && name.starts_with(typed));
        begun.next().filter(|_| begun.next().is_none()).map(|name| (*name).to_owned())
    };
    other.or_else(|| nearest(typed, &names)).or_else(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_leads_to_the_command_that_was_meant_and_to_no_other() {
        for (typed, expected) in [
            ("rnu", Some("run")),
            ("remov", Some("remove")),
            ("statsu", Some("status")),
            ("comp", Some("completions")),
            ("ad", Some("add")),
            ("ls", Some("list")),
            ("update", Some("run")),
            ("dance", None),
            ("x", None),
        ] {
            assert_eq!(meant(typed).as_deref(), expected, "{typed}");
        }
        let names: Vec<String> =
            Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
        assert!(OTHER_NAMES.iter().all(|(other, ours)| {
            names.iter().any(|name| name == ours) && names.iter().all(|name| name != other)
        }));
    }
}
