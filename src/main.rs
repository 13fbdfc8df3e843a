//! The command `tearsheet`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tearsheet::cli::main()
}
