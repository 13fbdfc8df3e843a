//! For how long an answer says that it stays as it is (RFC 9111, section 4.2).

use std::time::Duration;

use crate::model::Header;

/// Nobody is believed for longer: a feed that says "a year" has news all the same.
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

/// How long after it was sent an answer with these headers is fresh; at most six hours. None if it does not say, or says that
/// it is to be asked for each time.
#[must_use]
pub fn fresh_for(headers: &[Header]) -> Option<Duration> {
    let values = |name: &'static str| {
        let named = headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
        named.filter_map(|header| std::str::from_utf8(&header.value).ok())
    };
    let directives = || values("cache-control").flat_map(|value| value.split(',')).map(str::trim);
    let is_named = |name: &str| {
        directives().any(|directive| {
            directive.split('=').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(name))
        })
    };
    if is_named("no-cache") || is_named("no-store") {
        return None;
    }
    let max_age = directives().find_map(|directive| {
        let (name, seconds) = directive.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("max-age")
            .then(|| seconds.trim().trim_matches('"').parse::<u64>().unwrap_or_default())
    });
    let lifetime = match max_age {
        Some(seconds) => Duration::from_secs(seconds),
        None => {
            let date = |name| httpdate::parse_http_date(values(name).next()?.trim()).ok();
            date("expires")?.duration_since(date("date")?).ok()?
        }
    };
    let age = values("age")
        .next()
        .and_then(|age| age.trim().parse().ok())
        .map_or(Duration::ZERO, Duration::from_secs);
    Some(lifetime.saturating_sub(age).min(LONGEST)).filter(|fresh| !fresh.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(headers: &[(&str, &str)]) -> Option<u64> {
        let header = |(name, value): &(&str, &str)| Header {
            name: (*name).to_owned(),
            value: value.as_bytes().to_vec(),
        };
        let headers: Vec<Header> = headers.iter().map(header).collect();
        fresh_for(&headers).map(|fresh| fresh.as_secs() / 60)
    }

    #[test]
    fn an_answer_is_fresh_for_as_long_as_it_says_within_reason() {
        assert_eq!(minutes(&[("cache-control", "public, Max-Age=600")]), Some(10));
        assert_eq!(minutes(&[("cache-control", "max-age=600"), ("age", "300")]), Some(5));
        assert_eq!(minutes(&[("cache-control", "max-age=31536000")]), Some(360));
        let (date, expires) = ("Tue, 24 Nov 2026 09:00:00 GMT", "Tue, 24 Nov 2026 10:00:00 GMT");
        assert_eq!(minutes(&[("expires", expires), ("date", date)]), Some(60));
        assert_eq!(
            minutes(&[("expires", expires), ("date", date), ("cache-control", "max-age=60")]),
            Some(1)
        );
    }

    #[test]
    fn an_answer_that_is_to_be_asked_for_is_not_fresh() {
        for said in ["no-cache, max-age=600", "no-store", "max-age=0", "max-age=soon", "public", ""] {
            assert_eq!(minutes(&[("cache-control", said)]), None, "{said}");
        }
        assert_eq!(minutes(&[("cache-control", "max-age=600"), ("age", "900")]), None);
        assert_eq!(minutes(&[("expires", "0"), ("date", "Tue, 24 Nov 2026 09:00:00 GMT")]), None);
    }
}
