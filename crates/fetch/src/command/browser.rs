//! The profile with which Chromium and its like run: all that they ask for goes through the guarded proxy, loopback too, no
//! name is looked up past it, and nothing is asked for that is not part of the page. Tested with Debian's Chromium.

use std::path::Path;

/// Programs that take these arguments, by how their names begin.
const PROGRAMS: &[&str] =
    &["chromium", "google-chrome", "chrome", "headless_shell", "headless-shell", "brave", "microsoft-edge"];

/// Arguments that a browser gets before those that it is `given`, unless they say otherwise themselves; none for another program.
pub(super) fn arguments(program: &str, given: &[String], folder: &Path, user_agent: &str) -> Vec<String> {
    let name = program.rsplit('/').next().unwrap_or_default();
    if !PROGRAMS.iter().any(|browser| name.starts_with(browser)) {
        return Vec::new();
    }
    let profile = [
        "--proxy-server={proxy}".to_owned(),
        // Chromium goes to loopback past any proxy unless it is told not to.
        "--proxy-bypass-list=<-loopback>".to_owned(),
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1".to_owned(),
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp".to_owned(),
        "--disable-quic".to_owned(),
        format!("--user-data-dir={}", folder.join("profile").display()),
        format!("--user-agent={user_agent}"),
        // Scripts get so long of their own time, which passes as fast as they work.
        "--virtual-time-budget=10000".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-default-apps".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-extensions".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-sync".to_owned(),
        "--no-default-browser-check".to_owned(),
        "--no-first-run".to_owned(),
        "--no-pings".to_owned(),
    ];
    // What keeps it behind the guard cannot be said otherwise.
    let is_fixed = |argument: &str| {
        ["--proxy-server", "--proxy-bypass-list", "--host-resolver-rules"].contains(&switch(argument))
    };
    let is_given = |argument: &String| given.iter().any(|one| switch(one) == switch(argument));
    profile.into_iter().filter(|argument| is_fixed(argument) || !is_given(argument)).collect()
}

/// The name of a switch.
fn switch(argument: &str) -> &str {
    argument.split('=').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_kept_behind_the_guard() {
        let given = ["--headless".to_owned(), "--virtual-time-budget=1".to_owned(), "{url}".to_owned()];
        let added = arguments("/usr/bin/chromium", &given, Path::new("/tmp/x"), "agent/1");
        assert!(added.contains(&"--proxy-server={proxy}".to_owned()));
        assert!(added.contains(&"--user-data-dir=/tmp/x/profile".to_owned()));
        assert!(!added.iter().any(|argument| argument.starts_with("--virtual-time-budget")));
        assert!(arguments("/usr/bin/render", &given, Path::new("/tmp/x"), "agent/1").is_empty());
    }
}
