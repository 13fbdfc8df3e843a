//! Telling a server of the owner's that something is new. Whom to tell the owner's configuration says, so that private
//! addresses are none to guard against.

use std::time::Duration;

use url::Url;

use super::http_client::{Protocol, http_client};
use super::way::Way;
use super::{Error, Settings, user_agent};

/// Sends `body` to `url`. The status that it answers; redirects are not followed.
///
/// # Errors
/// [`Error`] if it does not answer within `limit`.
pub async fn post(
    settings: &Settings,
    url: &Url,
    content_type: &str,
    body: Vec<u8>,
    limit: Duration,
) -> Result<u16, Error> {
    let settings = Settings { allow_private: true, ..settings.clone() };
    let way = Way { proxy: settings.proxy.clone(), authorities: settings.authorities.clone() };
    let client = http_client(&settings, &way, Protocol::Newest)?;
    let request = client
        .post(url.clone())
        .timeout(limit)
        .header(reqwest::header::CONTENT_TYPE, content_type)
        .header(reqwest::header::USER_AGENT, user_agent(settings.contact.as_deref())?)
        .body(body);
    let answer = request.send().await.map_err(|source| Error::Post { source: source.without_url() })?;
    Ok(answer.status().as_u16())
}
