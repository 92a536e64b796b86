// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How pages look: by day and by night, on a telephone and on paper. They can be read without it, too.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Colours by what they are for.
type Palette = [(&'static str, &'static str); 8];

const DAY: Palette = [
    ("back", "#ffffff"),
    ("faint", "#f2f3f5"),
    ("text", "#1a1a1a"),
    ("soft", "#4f4f4f"),
    ("line", "#808080"),
    ("link", "#0b4a8f"),
    ("seen", "#5b2a86"),
    ("good", "#155e2b"),
];

const NIGHT: Palette = [
    ("back", "#161616"),
    ("faint", "#232323"),
    ("text", "#ededed"),
    ("soft", "#b8b8b8"),
    ("line", "#858585"),
    ("link", "#a9cdf7"),
    ("seen", "#d8bff5"),
    ("good", "#8fd6a3"),
];

const RULES: &str = "\
*{box-sizing:border-box}\
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\
body{margin:0;background:var(--back);color:var(--text);font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}\
body>header,main,body>footer{max-width:46rem;margin:0 auto;padding:0 1rem}\
body>header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;padding-block:.9rem}\
.space{font-weight:700;font-size:1.15rem;text-decoration:none;color:var(--text)}\
a{color:var(--link);text-underline-offset:.15em}a:visited{color:var(--seen)}\
.space:visited,h2 a:visited,.topics a:visited,.meta a:visited{color:inherit}\
:focus-visible{outline:3px solid var(--link);outline-offset:2px}\
.skip{position:absolute;inset-block-start:-9rem;inset-inline-start:.5rem;background:var(--back);padding:.6rem}\
.skip:focus{inset-block-start:.5rem}\
main:focus{outline:0}\
h1{font-size:1.6rem;line-height:1.25;margin:.6rem 0}\
h2{font-size:1.2rem;line-height:1.3;margin:2rem 0 .5rem}\
h3{font-size:1.08rem;line-height:1.35;margin:1.2rem 0 .2rem}\
h4,h5,h6{font-size:1rem;margin:1rem 0 .2rem}\
p{margin:.6rem 0}\
.way ol{list-style:none;display:flex;flex-wrap:wrap;margin:0;padding:0;gap:0 .4rem}\
.way li+li::before{content:\"\\203A\";padding-inline-end:.4rem;color:var(--soft)}\
.meta{color:var(--soft);font-size:.92rem;margin:.1rem 0}\
.meta a{color:inherit}time{white-space:nowrap}\
.categories,.topics,.found{list-style:none;margin:0;padding:0}\
.categories .categories{padding-inline-start:1.4rem}\
.categories li{margin:.5rem 0}.categories p{margin:0}\
.topics>li,.found>li{border-block-start:1px solid var(--line);padding:.7rem 0}\
.topics h3,.found h3{margin:0}\
.topics h3 a{text-decoration:none;color:var(--link)}.topics h3 a:hover{text-decoration:underline}\
.dot{inline-size:.75em;block-size:.75em;margin-inline-end:.4em}\
.mark,.state{font-size:.85rem}\
.state{border:1px solid var(--line);border-radius:.3rem;padding:0 .35rem;color:var(--soft);white-space:nowrap}\
.state.good{color:var(--good);border-color:var(--good)}\
article{border-block-start:1px solid var(--line);padding:.4rem 0 1rem;scroll-margin-block-start:.5rem}\
article h2{margin:.6rem 0 0;font-size:1.05rem}\
article:target{border-block-start:4px solid var(--link)}\
.tags{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .5rem;margin:.2rem 0;padding:0;font-size:.92rem}\
.tags a{border:1px solid var(--line);border-radius:.3rem;padding:.05rem .45rem;text-decoration:none;color:var(--soft)}\
.tags a:hover{text-decoration:underline}\
.gone{color:var(--soft);border-block-start:1px solid var(--line);margin:0;padding:.8rem 0}\
.good{color:var(--good)}\
blockquote{margin:.6rem 0;padding:.1rem 1rem;border-inline-start:4px solid var(--line)}\
figure{margin:.6rem 0}figcaption{color:var(--soft);font-size:.92rem}\
pre{background:var(--faint);padding:.7rem;overflow:auto;border-radius:.3rem;line-height:1.45;overflow-wrap:normal}\
code,kbd{font:.92em ui-monospace,monospace}:not(pre)>code{background:var(--faint);padding:.05em .25em;border-radius:.2rem}\
kbd{border:1px solid var(--line);border-radius:.2rem;padding:0 .3em}\
.wide{overflow-x:auto;margin:.6rem 0}\
table{border-collapse:collapse}th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:start;vertical-align:top}\
.left{text-align:left}.center{text-align:center}.right{text-align:right}\
img{max-inline-size:100%;block-size:auto}\
hr{border:0;border-block-start:1px solid var(--line);margin:1.2rem 0}\
details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}\
span.spoiler{background:var(--text);color:var(--text);border-radius:.2rem}\
span.spoiler *{color:inherit}\
span.spoiler:hover,span.spoiler:focus,span.spoiler:focus-within{background:var(--faint);color:var(--text)}\
.footnote{font-size:.92rem;border-block-start:1px solid var(--line);margin-block-start:.8rem}\
.footnote>.mark{float:inline-start;margin-inline-end:.5rem;padding-block-start:.6rem}\
.pages{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;border-block:1px solid var(--line);padding:.7rem 0;margin:1rem 0}\
.pages p{margin:0;color:var(--soft)}\
body>footer{color:var(--soft);font-size:.92rem;padding-block:1.5rem 3rem}\
@media print{.skip,.way,.pages,body>footer,body>header nav{display:none}body{color:#000;background:#fff;font-size:11pt}\
article{break-inside:avoid-page}a{color:#000}.text a[href^=http]::after{content:\" (\" attr(href) \")\"}\
details>*{display:block}span.spoiler{background:none;border:1px solid}}";

/// The style of every page.
pub(super) static STYLE: LazyLock<String> = LazyLock::new(|| {
    let (day, night) = (variables(&DAY), variables(&NIGHT));
    format!(
        ":root{{color-scheme:light dark;{day}}}@media screen and (prefers-color-scheme:dark){{:root{{{night}}}}}{RULES}"
    )
});

fn variables(palette: &Palette) -> String {
    let mut out = String::new();
    for (name, colour) in palette {
        let _ = write!(out, "--{name}:{colour};");
    }
    out
}

/// What a page may do: look as it says, and show pictures of its own server. Nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; \
         base-uri 'none'"
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn luminance(palette: &Palette, name: &str) -> f64 {
        let colour = palette.iter().find(|(known, _)| *known == name).unwrap().1;
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    /// The contrast of two colours as WCAG 2 counts it.
    fn contrast(palette: &Palette, one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(palette, one), luminance(palette, other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2, 1.4.3 asks for 4.5 with text, and 1.4.11 for 3 with lines that mean something.
    #[rstest]
    #[case::day(&DAY)]
    #[case::night(&NIGHT)]
    fn colours_have_the_contrast_of_wcag_aa(#[case] palette: &Palette) {
        for text in ["text", "soft", "link", "seen", "good"] {
            for back in ["back", "faint"] {
                let found = contrast(palette, text, back);
                assert!(found >= 4.5, "{text} on {back}: {found:.2}");
            }
        }
        for mark in ["line", "link", "good"] {
            let found = contrast(palette, mark, "back");
            assert!(found >= 3.0, "{mark} on back: {found:.2}");
        }
    }

    #[test]
    fn the_measure_knows_black_from_white() {
        let palette = [
            ("back", "#ffffff"),
            ("text", "#000000"),
            ("x", "#777777"),
            ("", ""),
            ("", ""),
            ("", ""),
            ("", ""),
            ("", ""),
        ];
        assert!((contrast(&palette, "text", "back") - 21.0).abs() < 0.01);
        assert!((contrast(&palette, "x", "back") - 4.48).abs() < 0.01);
    }

    #[test]
    fn the_style_loads_nothing_and_uses_only_colours_that_there_are() {
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
        for part in STYLE.split("var(--").skip(1) {
            let name = part.split_once(')').unwrap().0;
            assert!(DAY.iter().any(|(known, _)| *known == name), "{name}");
        }
        for (day, night) in DAY.iter().zip(&NIGHT) {
            assert_eq!(day.0, night.0);
        }
        assert!(!POLICY.contains("unsafe"));
    }
}
