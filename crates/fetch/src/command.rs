//! A program of the owner's that gives a page in place of the server: a browser that runs its scripts, say. It is started
//! without a shell, with little of an environment and a folder of its own, and ends with its time or its output: all that it
//! started is killed with it. The URL passes the guard before; what the program asks for itself passes it where the program
//! goes through the proxy that it is given, as browsers do ([`browser`], [`guarded_proxy`]).

mod browser;
mod guarded_proxy;

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{SubsecRound, Utc};
use reqwest::header::USER_AGENT;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{self, Child};
use tokio::sync::Semaphore;
use tokio::time;
use url::Url;

use super::exchange::Answer;
use super::failure::CommandFault;
use super::room::{Room, SMALL};
use super::{Ask, Failure, failure, resolver};
use crate::model::Header;
use guarded_proxy::GuardedProxy;

/// What stands for the URL of the page, and for that of the proxy.
const URL: &str = "{url}";
const PROXY: &str = "{proxy}";
/// A browser takes a core and some hundred megabytes.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Where programs are looked for that are not named by their path.
const SEARCH_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

/// A program and its arguments, one of which has `{url}`. A copy shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command(Arc<[String]>);

/// Why a list of words is no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCommand {
    /// It names no program.
    #[error("it names no program")]
    Program,
    /// No argument has `{{url}}`.
    #[error("none of its arguments has {{url}}, which stands for the page")]
    Url,
}

impl Command {
    /// The command of these words: a program and its arguments.
    ///
    /// # Errors
    /// [`InvalidCommand`] if it cannot be one.
    pub fn parse(words: Vec<String>) -> Result<Command, InvalidCommand> {
        match words.split_first() {
            None => Err(InvalidCommand::Program),
            Some((program, _)) if program.is_empty() || program.contains(URL) => Err(InvalidCommand::Program),
            Some((_, arguments)) if !arguments.iter().any(|word| word.contains(URL)) => {
                Err(InvalidCommand::Url)
            }
            Some(_) => Ok(Command(words.into())),
        }
    }

    fn program(&self) -> &str {
        &self.0[0]
    }

    /// The program's arguments for the page at `url`.
    fn arguments(&self, url: &Url, proxy: &str, folder: &Path, user_agent: &str) -> Vec<String> {
        let given = &self.0[1..];
        let added = browser::arguments(self.program(), given, folder, user_agent);
        let filled = |word: &String| word.replace(PROXY, proxy).replace(URL, url.as_str());
        added.iter().chain(given).map(filled).collect()
    }
}

/// Has `command` get what is asked for.
pub(super) async fn run(
    command: &Command,
    ask: Ask<'_>,
    room: &Room,
    allow_private: bool,
) -> Result<Answer, Failure> {
    if ask.way.proxy.is_some() {
        let program = command.program().to_owned();
        return Err(Failure::Command { program, fault: CommandFault::BesideProxy });
    }
    resolver::guard(ask.url, allow_private).await?;
    let _turn = AT_ONCE.acquire().await.expect("the semaphore is never closed");
    let failed = |fault| Failure::Command { program: command.program().to_owned(), fault };
    let start = |source| failed(CommandFault::Start { source: Arc::new(source) });
    let folder = tempfile::tempdir().map_err(start)?;
    let proxy = GuardedProxy::start(allow_private).await.map_err(start)?;
    let user_agent =
        ask.headers.map().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let arguments = command.arguments(ask.url, &proxy.url(), folder.path(), user_agent);
    let at = Utc::now();
    let mut started = started(command.program(), &arguments, &proxy, folder.path()).map_err(start)?;
    let limit = ask.limit.bytes();
    let work = async {
        let body = output(started.child.stdout.take(), limit)
            .await
            .map_err(|source| failed(CommandFault::Output { source: Arc::new(source) }))?;
        if body.len() > limit {
            return Err(Failure::TooLarge { limit });
        }
        let ended = started.child.wait().await.map_err(start)?;
        match (ended.success(), body.trim_ascii().is_empty()) {
            (false, _) => Err(failed(CommandFault::Exit { code: ended.code() })),
            (true, true) => Err(failed(CommandFault::Empty)),
            (true, false) => Ok(body),
        }
    };
    let late = |_| Failure::Timeout { host: failure::host(ask.url), after: ask.timeout };
    let body = time::timeout(ask.timeout, work).await.map_err(late)??;
    drop(started);
    let mut place = room.small(body.len()).await;
    if body.len() > SMALL {
        room.enlarge(&mut place).await;
    }
    let (headers, body): (_, Bytes) = (headers(&body), place.hold(body));
    Ok(Answer {
        status: 200,
        headers,
        body: Some(body),
        at: at.trunc_subsecs(0),
        retry_after: None,
        peer: None,
    })
}

/// What a program writes comes without headers. It is a page, unless it begins as something else.
fn headers(body: &[u8]) -> Vec<Header> {
    let header = |name: &str, value: &str| Header { name: name.to_owned(), value: value.as_bytes().to_vec() };
    let begins = body.trim_ascii_start();
    if begins.starts_with(b"<?xml") || matches!(begins.first(), Some(b'{' | b'[')) {
        return Vec::new();
    }
    let kind = if std::str::from_utf8(body).is_ok() { "text/html; charset=utf-8" } else { "text/html" };
    vec![header("content-type", kind)]
}

/// What `pipe` gives, and at most one byte more than `limit`.
async fn output(pipe: Option<impl AsyncRead + Unpin>, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if let Some(pipe) = pipe {
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        pipe.take(most).read_to_end(&mut body).await?;
    }
    Ok(body)
}

/// A program that runs. All of its group is killed when this is dropped.
struct Started {
    child: Child,
    #[cfg(unix)]
    group: Option<rustix::process::Pid>,
}

impl Drop for Started {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group {
            // There may be none left.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

fn started(
    program: &str,
    arguments: &[String],
    proxy: &GuardedProxy,
    folder: &Path,
) -> std::io::Result<Started> {
    let mut command = process::Command::new(program);
    command.args(arguments).current_dir(folder).env_clear().kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("PATH", SEARCH_PATH).env("LANG", "C.UTF-8");
    for name in ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(name, folder);
    }
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, proxy.url());
    }
    #[cfg(unix)]
    command.process_group(0);
    let child = command.spawn()?;
    Ok(Started {
        #[cfg(unix)]
        group: child.id().and_then(|id| rustix::process::Pid::from_raw(i32::try_from(id).ok()?)),
        child,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_command_names_a_program_and_the_page() {
        assert!(Command::parse(words(&["render", "{url}"])).is_ok());
        assert_eq!(Command::parse(words(&[])), Err(InvalidCommand::Program));
        assert_eq!(Command::parse(words(&["{url}"])), Err(InvalidCommand::Program));
        assert_eq!(Command::parse(words(&["render", "url"])), Err(InvalidCommand::Url));
    }

    #[test]
    fn the_url_is_one_argument_whatever_it_says() {
        let command = Command::parse(words(&["render", "--page={url}", "{proxy}"])).unwrap();
        let url = Url::parse("https://a.example/?a=$(x) 'y';z").unwrap();
        let arguments = command.arguments(&url, "http://127.0.0.1:1", Path::new("/tmp"), "agent");
        assert_eq!(arguments, [format!("--page={url}"), "http://127.0.0.1:1".to_owned()]);
    }
}
