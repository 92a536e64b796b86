// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The character behind an emoji code of a Discourse forum.
//!
//! Discourse has taken names from several sets over the years. Most are those of GitHub; the rest are Unicode's own names,
//! with low lines, and a few dozen of an older set, which stand here. A forum's own pictures have no character.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use emojis::{Emoji, SkinTone};

use super::finding::{FindingKind, Findings};

/// Names that neither GitHub nor Unicode has.
const OLDER: &[(&str, &str)] = &[
    ("slight_smile", "🙂"),
    ("slightly_smiling", "🙂"),
    ("slight_frown", "🙁"),
    ("frowning2", "☹️"),
    ("white_frowning_face", "☹️"),
    ("upside_down", "🙃"),
    ("nerd", "🤓"),
    ("hugging", "🤗"),
    ("rolling_eyes", "🙄"),
    ("money_mouth", "🤑"),
    ("zipper_mouth", "🤐"),
    ("thermometer_face", "🤒"),
    ("head_bandage", "🤕"),
    ("crazy_face", "🤪"),
    ("puke", "🤮"),
    ("face_with_symbols_over_mouth", "🤬"),
    ("poo", "💩"),
    ("skeleton", "💀"),
    ("skull_crossbones", "☠️"),
    ("robot_face", "🤖"),
    ("lion_face", "🦁"),
    ("unicorn_face", "🦄"),
    ("flame", "🔥"),
    ("hand_splayed", "🖐️"),
    (
        "raised_hand_with_part_between_middle_and_ring_fingers",
        "🖖",
    ),
    ("vulcan", "🖖"),
    ("spy", "🕵️"),
    ("sleuth_or_spy", "🕵️"),
    ("lifter", "🏋️"),
    ("weight_lifter", "🏋️"),
    ("golfer", "🏌️"),
    ("person_with_ball", "⛹️"),
    ("levitate", "🕴️"),
    ("grandma", "👵"),
    ("grandpa", "👴"),
    ("heavy_heart_exclamation_mark_ornament", "❣️"),
    ("speech_left", "🗨️"),
    ("anger_right", "🗯️"),
    ("fork_knife_plate", "🍽️"),
    ("cloud_lightning", "🌩️"),
    ("cloud_rain", "🌧️"),
    ("cloud_snow", "🌨️"),
    ("cloud_tornado", "🌪️"),
    ("thunder_cloud_rain", "⛈️"),
    ("white_sun_cloud", "🌥️"),
    ("white_sun_rain_cloud", "🌦️"),
    ("white_sun_small_cloud", "🌤️"),
    ("wind_blowing_face", "🌬️"),
    ("umbrella2", "☂️"),
    ("snowman2", "☃️"),
    ("race_car", "🏎️"),
    ("racing_motorcycle", "🏍️"),
    ("airplane_small", "🛩️"),
    ("cruise_ship", "🛳️"),
    ("satellite_orbital", "🛰️"),
    ("railroad_track", "🛤️"),
    ("homes", "🏘️"),
    ("house_abandoned", "🏚️"),
    ("island", "🏝️"),
    ("park", "🏞️"),
    ("map", "🗺️"),
    ("desktop", "🖥️"),
    ("mouse_three_button", "🖱️"),
    ("projector", "📽️"),
    ("microphone2", "🎙️"),
    ("frame_photo", "🖼️"),
    ("card_box", "🗃️"),
    ("dividers", "🗂️"),
    ("calendar_spiral", "🗓️"),
    ("notepad_spiral", "🗒️"),
    ("newspaper2", "🗞️"),
    ("pen_ballpoint", "🖊️"),
    ("pen_fountain", "🖋️"),
    ("lower_left_crayon", "🖍️"),
    ("lower_left_paintbrush", "🖌️"),
    ("dagger_knife", "🗡️"),
    ("hammer_pick", "⚒️"),
    ("tools", "🛠️"),
    ("key2", "🗝️"),
    ("bellhop", "🛎️"),
    ("couch", "🛋️"),
    ("oil", "🛢️"),
    ("scales", "⚖️"),
    ("medal", "🏅"),
    ("cricket_bat_ball", "🏏"),
    ("hockey", "🏒"),
    ("basketball_player", "⛹️"),
    ("radioactive_sign", "☢️"),
    ("biohazard_sign", "☣️"),
    ("atom", "⚛️"),
    ("peace", "☮️"),
    ("cross", "✝️"),
    ("worship_symbol", "🛐"),
    ("play_pause", "⏯️"),
    ("track_next", "⏭️"),
    ("track_previous", "⏮️"),
    ("flag_black", "🏴"),
    ("flag_white", "🏳️"),
];

/// Returns the character of a code without its colons, such as `slight_smile` or `wave:t3`.
pub(crate) fn character(code: &str) -> Option<String> {
    let (name, tone) = match code.split_once(":t") {
        Some((name, tone)) => (name, tone.parse::<u8>().ok()),
        None => (code, None),
    };
    let emoji = find(name)?;
    // It would begin or end emphasis.
    if emoji.as_str().starts_with('*') {
        return None;
    }
    let toned = tone
        .and_then(skin_tone)
        .and_then(|tone| emoji.with_skin_tone(tone));
    Some(toned.unwrap_or(emoji).as_str().to_owned())
}

fn find(name: &str) -> Option<&'static Emoji> {
    static OF_OTHERS: OnceLock<HashMap<String, &'static Emoji>> = OnceLock::new();
    if let Some(emoji) = emojis::get_by_shortcode(name) {
        return Some(emoji);
    }
    let others = OF_OTHERS.get_or_init(|| {
        let of_unicode = emojis::iter().map(|emoji| (snake(emoji.name()), emoji));
        let older = OLDER
            .iter()
            .filter_map(|(name, text)| Some(((*name).to_owned(), emojis::get(text)?)));
        of_unicode.chain(older).collect()
    });
    others
        .get(&name.replace('-', "_"))
        .or_else(|| others.get(name))
        .copied()
}

/// Writes a name of Unicode as Discourse does: `grinning face with sweat` as `grinning_face_with_sweat`.
fn snake(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

/// Discourse counts as Fitzpatrick does, and puts the two lightest together.
fn skin_tone(number: u8) -> Option<SkinTone> {
    Some(match number {
        2 => SkinTone::Light,
        3 => SkinTone::MediumLight,
        4 => SkinTone::Medium,
        5 => SkinTone::MediumDark,
        6 => SkinTone::Dark,
        _ => return None,
    })
}

/// Codes that have no character, each with the number of posts that have it.
#[derive(Debug, Default)]
pub(crate) struct Unknown(BTreeMap<String, u64>);

/// How many different codes are counted; what looks like a code in a log of a program is often none.
const MAX_UNKNOWN: usize = 10_000;

impl Unknown {
    /// Writes characters for the codes of a text, and counts those that have none. `None` when it stays as it is.
    pub(crate) fn replace_in(&mut self, markdown: &str) -> Option<String> {
        let mut here = Vec::new();
        let replaced = space_core::markup::emoji::replace(markdown, |code| {
            let character = character(code);
            if character.is_none() && !here.iter().any(|known| known == code) {
                here.push(code.to_owned());
            }
            character
        });
        for code in here {
            if self.0.len() < MAX_UNKNOWN || self.0.contains_key(&code) {
                *self.0.entry(code).or_default() += 1;
            }
        }
        replaced
    }

    /// Tells of all, the most frequent first.
    pub(crate) fn tell(self, findings: &mut Findings) {
        let mut codes: Vec<(String, u64)> = self.0.into_iter().collect();
        codes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (code, posts) in codes {
            let what = if posts == 1 {
                "in 1 post".to_owned()
            } else {
                format!("in {posts} posts")
            };
            findings.add_many(FindingKind::Emoji, format!(":{code}:"), what, posts);
        }
    }
}

/// Writes characters for the codes of a title or name.
pub(crate) fn in_line(text: &str) -> Option<String> {
    space_core::markup::emoji::replace_in_line(text, character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::of_github("smiley", Some("😃"))]
    #[case::thumb("+1", Some("👍"))]
    #[case::of_unicode("face_with_raised_eyebrow", Some("🤨"))]
    #[case::of_unicode_alone("grinning_face_with_sweat", Some("😅"))]
    #[case::older("slight_smile", Some("🙂"))]
    #[case::toned("wave:t3", Some("👋🏼"))]
    #[case::lightest("wave:t1", Some("👋"))]
    #[case::without_tones("heart:t3", Some("❤️"))]
    #[case::of_the_forum("mrgreen", None)]
    #[case::emphasis("asterisk", None)]
    fn codes_have_characters(#[case] code: &str, #[case] want: Option<&str>) {
        assert_eq!(character(code).as_deref(), want);
    }

    #[test]
    fn every_row_of_the_table_is_needed_and_an_emoji() {
        for (name, text) in OLDER {
            assert!(emojis::get(text).is_some(), "{name}");
            assert!(emojis::get_by_shortcode(name).is_none(), "{name}");
        }
    }

    #[test]
    fn unknown_codes_are_counted_by_posts() {
        let mut unknown = Unknown::default();
        let first = unknown.replace_in(":mrgreen: :mrgreen: :smiley: `:app:`");
        assert_eq!(first.as_deref(), Some(":mrgreen: :mrgreen: 😃 `:app:`"));
        assert_eq!(unknown.replace_in(":mrgreen: :locale:"), None);
        let mut findings = Findings::default();
        unknown.tell(&mut findings);
        assert_eq!(
            findings.lines(FindingKind::Emoji),
            [":mrgreen:: in 2 posts", ":locale:: in 1 post"]
        );
    }
}
