//! Where secrets come from: an environment variable, or a file that nobody else can read. The configuration itself can then
//! be shown to others and kept in version control.

use std::env;
use std::fs;
use std::io;
use std::path::Path;

use toml::de::DeValue;

use super::reason::Reason;
use super::values;
use crate::fetch::{Authorities, CookieFile, Proxy};

/// The text itself, that of the environment variable which it names as `env:NAME`, or the first line of the file which it
/// names as `file:PATH`, in `folder` unless the path is absolute.
pub(super) fn secret(value: &DeValue<'_>, folder: &Path) -> Result<String, Reason> {
    let text = values::any_text(value)?;
    if let Some(name) = text.strip_prefix("env:") {
        return env::var(name).map_err(|_| Reason::Variable { name: shown_name(name) });
    }
    match text.strip_prefix("file:") {
        Some(path) => {
            let text = private_text(&folder.join(path.trim()))?;
            Ok(text.lines().next().unwrap_or_default().trim_end().to_owned())
        }
        None => Ok(text.to_owned()),
    }
}

/// The cookies of the file that `value` names.
pub(super) fn cookie_file(value: &DeValue<'_>, folder: &Path) -> Result<CookieFile, Reason> {
    let path = folder.join(values::text(value)?);
    CookieFile::parse(&private_text(&path)?)
        .map_err(|source| Reason::CookieFile { file: path.display().to_string(), source })
}

/// The proxy that `value` names, or the secret to which it points.
pub(super) fn proxy(value: &DeValue<'_>, folder: &Path) -> Result<Proxy, Reason> {
    Proxy::parse(&secret(value, folder)?).map_err(Reason::Proxy)
}

/// The certificates in the file that `value` names.
pub(super) fn authorities(value: &DeValue<'_>, folder: &Path) -> Result<Authorities, Reason> {
    let path = folder.join(values::text(value)?);
    let file = || path.display().to_string();
    let text =
        fs::read_to_string(&path).map_err(|source| Reason::CertificateFile { file: file(), source })?;
    Authorities::parse(&text).map_err(|source| Reason::Certificates { file: file(), source })
}

/// Whether `text` only says where a secret is.
pub(super) fn is_reference(text: &str) -> bool {
    text.strip_prefix("env:").is_some_and(is_variable_name) || text.starts_with("file:")
}

/// Who writes the secret itself behind `env:` does not find it in a log.
fn shown_name(name: &str) -> String {
    if is_variable_name(name) { name.to_owned() } else { "…".to_owned() }
}

fn is_variable_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The text of a file that only its owner can read.
fn private_text(path: &Path) -> Result<String, Reason> {
    let unreadable = |source| Reason::SecretFile { file: path.display().to_string(), source };
    let file = fs::File::open(path).map_err(unreadable)?;
    if is_open_to_others(&file.metadata().map_err(unreadable)?) {
        return Err(Reason::OpenSecret { file: path.display().to_string() });
    }
    io::read_to_string(file).map_err(unreadable)
}

#[cfg(unix)]
fn is_open_to_others(file: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &fs::Metadata) -> bool {
    false
}
