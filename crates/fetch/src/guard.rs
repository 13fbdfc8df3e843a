//! Which places may be asked at all: public ones, over HTTP, without credentials in the URL. Names are left to the
//! resolver, which asks [`is_public`] of every address it finds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::Failure;
use super::failure::host;

/// Networks whose addresses no public server has (the IANA special-purpose registry), and 6to4's relays.
const PRIVATE_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];
/// The one IPv6 block that is given out to public servers.
const PUBLIC_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// The parts of it that are not: protocol assignments with Teredo, and documentation.
const PRIVATE_V6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Ports of services that take a request's lines for their own: those that the Fetch standard blocks (section 2.9, "bad
/// port"), and of databases and of other programs that believe whoever reaches them. Sorted.
const OTHER_SERVICES: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 138, 139, 143, 161, 179, 389, 427, 445, 465, 512,
    513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433,
    1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432,
    5672, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 9100, 9200, 9300,
    10080, 11211, 27017, 50000,
];

/// Refuses URLs that are not HTTP, carry user info, or name an address that is not public.
pub(super) fn check(url: &Url, allow_private: bool) -> Result<(), Failure> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::UserInfo { host: host(url) });
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::RefusedScheme { url: url.clone() });
    }
    if url.port().is_some_and(|port| OTHER_SERVICES.binary_search(&port).is_ok()) {
        return Err(Failure::RefusedPort { host: host(url) });
    }
    let address: IpAddr = match url.host() {
        Some(Host::Ipv4(address)) => address.into(),
        Some(Host::Ipv6(address)) => address.into(),
        Some(Host::Domain(_)) | None => return Ok(()),
    };
    if allow_private || is_public(address) {
        Ok(())
    } else {
        Err(Failure::PrivateAddress { host: host(url), address })
    }
}

/// Whether `address` can be that of a public server; an IPv4 address inside an IPv6 one is looked at itself.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(inner) => is_public_v4(inner),
            None => {
                v6_within(address, PUBLIC_V6) && !PRIVATE_V6.iter().any(|block| v6_within(address, *block))
            }
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !PRIVATE_V4.iter().any(|&(network, length)| (bits ^ u32::from(network)) >> (32 - length) == 0)
}

fn v6_within(address: Ipv6Addr, (network, length): (Ipv6Addr, u32)) -> bool {
    (u128::from(address) ^ u128::from(network)) >> (128 - length) == 0
}

/// The IPv4 address to which packets for a mapped (`::ffff:0:0/96`), NAT64 (`64:ff9b::/96`, RFC 6052) or 6to4
/// (`2002::/16`, RFC 3056) address go in the end.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let low = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, a, b] | [0x64, 0xff9b, 0, 0, 0, 0, a, b] | [0x2002, a, b, ..] => {
            Some(low(a, b))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_disguise() {
        for address in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://0/",
            "http://10.1.2.3/",
            "http://100.64.0.1/",
            "http://100.127.255.255/",
            "http://169.254.169.254/latest/meta-data/",
            "http://172.16.0.1/",
            "http://172.31.255.255/",
            "http://192.168.1.1/",
            "http://192.0.0.8/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::127.0.0.1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a00:1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:7f00:1::]/",
            "http://[2002:c0a8:101::1]/",
            "http://[2001:0:7f00:1::]/",
            "http://[2001:db8::1]/",
            "http://[3fff::1]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[fd12:3456::1]/",
            "http://[fec0::1]/",
            "http://[ff02::1]/",
        ] {
            let url = Url::parse(address).unwrap();
            assert!(matches!(check(&url, false), Err(Failure::PrivateAddress { .. })), "{address}");
            assert!(check(&url, true).is_ok(), "{address}");
        }
    }

    #[test]
    fn public_addresses_and_names_pass() {
        for address in [
            "http://1.1.1.1/",
            "http://100.63.255.255/",
            "http://100.128.0.0/",
            "http://172.15.0.1/",
            "http://172.32.0.1/",
            "http://223.255.255.255/",
            "http://[2606:4700::1111]/",
            "http://[2a00:1450::1]/",
            "http://[::ffff:1.1.1.1]/",
            "http://[64:ff9b::1.1.1.1]/",
            "http://[2002:101:101::1]/",
            "https://a.example:8443/x",
        ] {
            assert!(check(&Url::parse(address).unwrap(), false).is_ok(), "{address}");
        }
    }

    #[test]
    fn ports_of_other_services_are_refused_even_in_private() {
        assert!(OTHER_SERVICES.is_sorted());
        for port in [22, 25, 110, 143, 3306, 5432, 6379, 6667, 11211, 27017] {
            let url = Url::parse(&format!("http://a.example:{port}/")).unwrap();
            assert!(matches!(check(&url, true), Err(Failure::RefusedPort { .. })), "{port}");
        }
        for port in [80, 443, 8080, 8443, 3000, 8000] {
            let url = Url::parse(&format!("https://a.example:{port}/")).unwrap();
            assert!(check(&url, false).is_ok(), "{port}");
        }
    }

    #[test]
    fn other_schemes_and_user_info_are_refused_even_in_private() {
        let refused = |text: &str| check(&Url::parse(text).unwrap(), true).unwrap_err();
        assert!(matches!(refused("file:///etc/passwd"), Failure::RefusedScheme { .. }));
        assert!(matches!(refused("ftp://a.example/"), Failure::RefusedScheme { .. }));
        let failure = refused("https://me:secret@a.example/");
        assert!(matches!(failure, Failure::UserInfo { .. }));
        assert!(!failure.to_string().contains("secret"));
    }
}
