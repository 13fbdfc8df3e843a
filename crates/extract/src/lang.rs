//! The language of a text: what the page declares, held against what the text looks like.

mod common;
mod neighbours;
pub(crate) mod noise;

use url::Url;

use crate::choice::Choice;

/// The fewest characters by which a declaration can be contradicted.
const LEAST: usize = 200;

/// Codes of three letters and the shorter ones for them.
#[rustfmt::skip]
const CODES: &str = "\
    afr=af aka=ak amh=am ara=ar aze=az bel=be ben=bn bul=bg cat=ca ces=cs cmn=zh cym=cy dan=da deu=de \
    ell=el eng=en epo=eo est=et fin=fi fra=fr guj=gu heb=he hin=hi hrv=hr hun=hu hye=hy ind=id ita=it \
    jav=jv jpn=ja kan=kn kat=ka khm=km kor=ko lat=la lav=lv lit=lt mal=ml mar=mr mkd=mk mya=my nep=ne \
    nld=nl nob=no ori=or pan=pa pes=fa pol=pl por=pt ron=ro rus=ru sin=si slk=sk slv=sl sna=sn spa=es \
    srp=sr swe=sv tam=ta tel=te tgl=fil tha=th tuk=tk tur=tr ukr=uk urd=ur uzb=uz vie=vi yid=yi zul=zu";

/// Languages that have but a code of three letters, among those in which sites are written.
#[rustfmt::skip]
const LONGER: &str = "\
    ace arz ary apc ast ban bar bho ceb chr chv ckb csb dsb fil frp fur gsw hak haw hif hsb ilo kab kok lij lmo mai \
    mni nan nap nds nso pap pcd pms prs rom rup sah scn sco smn sms shi szl tet tok tpi tzm vec vls war wuu yue zgh";

/// The languages that a page declares, its root's first, as tags.
pub(super) fn declared(root: Option<&str>, others: &[&str]) -> Vec<(&'static str, String)> {
    let root = root.and_then(tag).map(|tag| ("html lang", tag));
    let others = others.iter().filter_map(|value| tag(value)).map(|tag| ("meta", tag));
    root.into_iter().chain(others).collect()
}

/// Decides between the declared languages, the text's own look, and the setting of the source's owner, which fills gaps.
pub(super) fn decide(
    sample: &str,
    declared: Vec<(&'static str, String)>,
    setting: Option<&str>,
) -> Choice<String> {
    let mut choice = Choice::new();
    let detected = common::confirmed(sample, &declared).or_else(|| detect(sample));
    // A reliable look at enough text contradicts a declaration, unless another declaration agrees with it, or names a
    // language that cannot be recognised.
    if let Some((seen, true)) = &detected
        && !declared.iter().any(|(_, tag)| {
            same_language(tag, seen)
                || is_unknown(tag) && shares_its_script(seen) && !neighbours::writes(seen, sample)
        })
    {
        choice.add("text", Some(seen.clone()));
    }
    let (agreeing, other): (Vec<_>, Vec<_>) = declared.into_iter().partition(|(_, tag)| {
        detected.as_ref().is_some_and(|(seen, reliable)| *reliable && same_language(tag, seen))
    });
    for (from, tag) in agreeing.into_iter().chain(other) {
        choice.add(from, Some(tag));
    }
    // It speaks for all pages of a source, of which some may be in another language.
    choice.add("setting", setting.and_then(tag));
    choice.add("text", detected.map(|(seen, _)| seen));
    choice
}

/// Whether `text` is in the language of `tag`, beyond doubt.
#[must_use]
pub fn is_in_language(text: &str, tag: &str) -> bool {
    detect(text).is_some_and(|(seen, is_reliable)| is_reliable && same_language(tag, &seen))
}

/// A tag with the region of the host's country code or of a path such as `/en-gb/`, where it has none of its own.
pub(super) fn with_region(tag: &str, url: &Url) -> String {
    let language = tag.split('-').next().unwrap_or(tag);
    if tag.contains('-') {
        return tag.to_owned();
    }
    let path = url.path_segments().and_then(|mut parts| {
        parts.find_map(|part| {
            part.strip_prefix(language)?.strip_prefix('-').filter(|region| region.len() == 2)
        })
    });
    let country = url.host_str().and_then(|host| host.rsplit('.').next()).filter(|top| top.len() == 2);
    let region = path.or(country).filter(|region| region.bytes().all(|b| b.is_ascii_alphabetic()));
    // Country codes that the whole world uses as if they were none.
    let region = region
        .filter(|region| !matches!(*region, "io" | "co" | "me" | "tv" | "ai" | "eu" | "fm" | "ly" | "to"));
    region.map_or_else(|| tag.to_owned(), |region| format!("{language}-{}", region.to_ascii_uppercase()))
}

/// A well-formed tag in its usual spelling: `de-AT` for `de_at`.
pub(super) fn tag(text: &str) -> Option<String> {
    let text = text.trim().split([',', ';', ' ']).next()?;
    // Some pages give their encoding for it.
    if encoding_rs::Encoding::for_label(text.as_bytes()).is_some() {
        return None;
    }
    let mut parts = text.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let language = match language.as_str() {
        "cn" => "zh",
        "jp" => "ja",
        "cz" => "cs",
        "iw" => "he",
        "in" => "id",
        "english" => "en",
        "deutsch" | "german" => "de",
        // `utf-8` and the like are no languages.
        three if three.len() == 3 => {
            two_letters(three).or_else(|| LONGER.split(' ').find(|known| *known == three))?
        }
        known => known,
    };
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let rest = parts
        .filter(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(|part| match part.len() {
            2 => part.to_ascii_uppercase(),
            4 => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
            _ => part.to_ascii_lowercase(),
        });
    Some(rest.fold(language.to_owned(), |tag, part| tag + "-" + &part))
}

/// Whether two tags are of one language, or of two that a detector cannot tell apart.
fn same_language(a: &str, b: &str) -> bool {
    let group = |tag: &str| {
        let language = tag.split('-').next().unwrap_or_default().to_owned();
        match language.as_str() {
            "nb" | "nn" | "no" | "da" => "no".to_owned(),
            "hr" | "sr" | "bs" | "sh" | "sl" | "me" => "sh".to_owned(),
            "id" | "ms" | "jv" => "id".to_owned(),
            "mk" | "bg" => "bg".to_owned(),
            "cs" | "sk" => "cs".to_owned(),
            "uk" | "be" | "ru" => "ru".to_owned(),
            "gl" | "pt" | "es" | "ca" => "es".to_owned(),
            "hi" | "mr" | "ne" => "hi".to_owned(),
            "fil" => "tl".to_owned(),
            "af" | "nl" => "nl".to_owned(),
            "fa" | "ps" | "ur" | "ckb" | "ku" => "fa".to_owned(),
            "tr" | "az" => "tr".to_owned(),
            _ => language,
        }
    };
    group(a) == group(b)
}

/// Whether a language is written in a script of many.
fn shares_its_script(tag: &str) -> bool {
    let own = "zh ja ko th el he yi ka hy ta te kn ml gu pa or si my km am";
    !own.split(' ').any(|known| known == tag)
}

/// Whether the detector does not know a language, and so takes it for another.
fn is_unknown(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default();
    !CODES.split_ascii_whitespace().any(|pair| pair.ends_with(&format!("={language}")))
        && !matches!(language, "no" | "nn" | "bs" | "sh" | "ms" | "gl" | "ku")
}

/// The language that a text looks like, and whether it is sure.
fn detect(sample: &str) -> Option<(String, bool)> {
    let info = whatlang::detect(sample)?;
    let code = two_letters(info.lang().code())?;
    let enough = sample.chars().count() >= LEAST
        || !matches!(info.script(), whatlang::Script::Latin | whatlang::Script::Cyrillic);
    Some((neighbours::told_apart(code, sample).to_owned(), info.confidence() > 0.8 && enough))
}

/// The two-letter code for one of three letters.
fn two_letters(code: &str) -> Option<&'static str> {
    let at = CODES.find(&format!("{code}="))? + 4;
    CODES[at..].split(' ').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sample: &str, root: Option<&str>, expected: &str) {
        let choice = decide(&sample.repeat(8), declared(root, &[]), None);
        assert_eq!(choice.values()[0].value, expected);
    }

    const GERMAN: &str = "Der Fluss ist in der Nacht gestiegen, und die Brücke wurde gesperrt. ";

    #[test]
    fn a_text_decides_against_a_declaration_that_it_contradicts() {
        check(GERMAN, Some("en"), "de");
        check(GERMAN, Some("de_at"), "de-AT");
        check(GERMAN, None, "de");
    }

    #[test]
    fn a_setting_fills_gaps_and_beats_nothing_that_a_page_says() {
        let of =
            |sample: &str, root| decide(sample, declared(root, &[]), Some("ar")).values()[0].value.clone();
        assert_eq!(of(&GERMAN.repeat(8), None), "de");
        assert_eq!(of("Ja.", Some("de")), "de");
        assert_eq!(of("Ja.", None), "ar");
    }

    #[test]
    fn the_name_of_an_encoding_is_no_language() {
        assert_eq!(tag("utf-8"), None);
        assert_eq!(tag("ISO-8859-1"), None);
        assert_eq!(tag("de_at").as_deref(), Some("de-AT"));
    }

    #[test]
    fn a_declared_language_that_cannot_be_recognised_stands() {
        let icelandic =
            "Áin hækkaði um nóttina og brúnni var lokað, en enginn vissi hvenær hún yrði opnuð aftur. ";
        let basque =
            "Ibaia gauean igo zen eta zubia itxi zuten, baina inork ez zekien noiz irekiko zuten berriro. ";
        let swahili =
            "Mto ulipanda usiku na daraja likafungwa, lakini hakuna aliyejua lini lingefunguliwa tena. ";
        let albanian =
            "Lumi u ngrit gjatë natës dhe ura u mbyll, por askush nuk e dinte kur do të hapej përsëri. ";
        check(icelandic, Some("is"), "is");
        check(basque, Some("eu-ES"), "eu-ES");
        check(swahili, Some("sw"), "sw");
        check(albanian, Some("sq"), "sq");
        check(
            "The river rose in the night, and the bridge was closed to all who live there. ",
            Some("is"),
            "en",
        );
        check(GERMAN, Some("lb"), "de");
        check("这座桥在夜里倒塌了，没有人受伤，警方正在调查原因。", Some("ii"), "zh");
    }

    #[test]
    fn near_languages_are_told_apart() {
        let xhosa = "Umlambo uphakame ebusuku kwaye ibhulorho ivaliwe, kuba abantu bebengazi ukuba iza kuvulwa nini na. ";
        let malay =
            "Sungai itu naik pada waktu malam dan jambatan ditutup kerana tiada sesiapa boleh melaluinya. ";
        check(xhosa, Some("en-US"), "xh");
        check(malay, None, "ms");
    }

    #[test]
    fn a_declaration_stands_where_the_text_is_short_or_near() {
        assert_eq!(decide("Ja.", declared(Some("en-us"), &[]), None).values()[0].value, "en-US");
        assert_eq!(tag("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(tag("x"), None);
        assert_eq!(tag("utf-8"), None);
        assert_eq!(tag("eng-US").as_deref(), Some("en-US"));
        assert_eq!(tag("yue").as_deref(), Some("yue"));
    }
}
