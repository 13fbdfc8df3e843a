use super::*;

fn status(code: u16, retry_at: Option<DateTime<Utc>>) -> Failure {
    Failure::Status { code, retry_at, capture: None }
}

#[test]
fn a_page_that_is_gone_stays_gone_and_a_busy_server_does_not() {
    for code in [400, 401, 404, 410, 451] {
        assert!(status(code, None).is_permanent(), "{code}");
    }
    for code in [302, 403, 408, 425, 429, 500, 502, 503, 504] {
        assert!(!status(code, None).is_permanent(), "{code}");
    }
}

#[test]
fn a_failure_reads_as_a_sentence() {
    let at = DateTime::parse_from_rfc3339("2026-11-24T09:00:00Z").unwrap().to_utc();
    let check = |failure: Failure, text: &str| assert_eq!(failure.to_string(), text);
    check(status(404, None), "the server answered 404 (Not Found)");
    check(status(799, None), "the server answered 799");
    check(
        status(503, Some(at)),
        "the server answered 503 (Service Unavailable) and asks to come back at 2026-11-24 09:00 UTC",
    );
    let unreachable = Failure::RobotsUnreachable {
        origin: "https://a.example".to_owned(),
        source: Arc::new(status(500, Some(at))),
    };
    assert_eq!(unreachable.retry_at(), Some(at));
    check(
        unreachable,
        "robots.txt of https://a.example cannot be read, which forbids all of it: the server answered 500 \
         (Internal Server Error) and asks to come back at 2026-11-24 09:00 UTC",
    );
}
