// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is done to both sides before they are compared. Each rule is there because of something that Discourse does:
//!
//! | rule | because Discourse |
//! |---|---|
//! | white space goes | renders every line feed as `<br>`, drops white space at the ends of lines and repeats of it |
//! | typographic signs become what is typed for them; runs of dots, dashes, commas, and of four and more `?` or `!` become one form | runs markdown-it's typographer and smart quotes, which does just that, and cannot be undone |
//! | emoji go: shortcodes, emoticons, and the characters themselves | makes pictures of all three, titled with a shortcode, by its own tables and those of the forum |
//! | HTML tags go, their content stays | drops the tags that it does not allow, and applies the others |
//! | `[b]`, `[i]`, `[u]`, `[s]`, `[spoiler]`, lists and their kin in brackets go | applies those that it can pair, and leaves the others as text |
//! | the text of a link whose address stood bare does not count | shows the title of the page instead, or a preview without a text |
//! | pictures do not count | gives uploads other addresses and descriptions with sizes, and copies those of others |
//! | of an address count host (without case), path and query, percent-encoding resolved; of a video its id | adds the scheme to what has none, encodes addresses anew, and keeps of a video the id alone |
//! | the name of who shared a link (`?u=alice`) goes | leaves it out where it shows the title of the page instead |
//! | in code, white space at the ends of lines, and blank lines around it, go | trims them |
//!
//! All signs that could be markup stay: a `*` or `_` that one side has and the other has not is a difference.

/// Emoticons for which Discourse has pictures (its table of translations), the longest first.
const EMOTICONS: [&str; 40] = [
    ":slight_smile:",
    ":'-(",
    ":'(",
    ":-')",
    ":')",
    ":-)",
    "=-)",
    ":-(",
    ";-)",
    ":-D",
    ":-P",
    ":-p",
    ":-O",
    ":-o",
    ":-/",
    ":-|",
    ":-*",
    ":-@",
    ":-$",
    "B-)",
    "8-)",
    "O:)",
    ":)",
    "=)",
    ":(",
    ";)",
    ":D",
    ":P",
    ":p",
    ":O",
    ":o",
    ":/",
    ":|",
    ":*",
    ":$",
    "B)",
    "8)",
    "<3",
    "^_^",
    ":^)",
];

/// Tags in brackets that are removed where they stand within text.
const TAGS: [&str; 18] = [
    "b", "i", "u", "s", "spoiler", "quote", "code", "url", "img", "details", "poll", "ul", "ol",
    "li", "list", "*", "email", "center",
];

/// Returns the text that counts.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = emoticon(rest)
            .or_else(|| shortcode(rest))
            .or_else(|| html_tag(rest))
            .or_else(|| bracket_tag(rest))
        {
            rest = &rest[length..];
            continue;
        }
        let after = &rest[c.len_utf8()..];
        let run = rest.len() - rest.trim_start_matches(c).len();
        rest = after;
        match c {
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‘' | '’' | '‚' => out.push('\''),
            '…' => dots(&mut out),
            '.' if run > 1 => {
                dots(&mut out);
                rest = rest.trim_start_matches('.');
            }
            '–' | '—' => out.push('-'),
            '-' if run > 1 => {
                out.push('-');
                rest = rest.trim_start_matches('-');
            }
            ',' if run > 1 => {
                out.push(',');
                rest = rest.trim_start_matches(',');
            }
            '?' | '!' => {
                // Of four and more in a row three are left, all like the last.
                let marks = 1 + rest.len() - rest.trim_start_matches(['?', '!']).len();
                if marks >= 4 {
                    let last = rest.as_bytes()[marks - 2];
                    out.extend(std::iter::repeat_n(char::from(last), 3));
                    rest = &rest[marks - 1..];
                } else {
                    out.push(c);
                }
            }
            '→' => out.push_str("->"),
            '←' => out.push_str("<-"),
            '↔' => out.push_str("<->"),
            '©' => out.push_str("(c)"),
            '®' => out.push_str("(r)"),
            '™' => out.push_str("(tm)"),
            '±' => out.push_str("+-"),
            '\u{fe0f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{1f000}'..='\u{1faff}'
            | '\u{2600}'..='\u{27bf}' => {}
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out.replace("(C)", "(c)")
        .replace("(R)", "(r)")
        .replace("(TM)", "(tm)")
}

fn dots(out: &mut String) {
    if !out.ends_with("..") {
        out.push_str("..");
    }
}

fn emoticon(rest: &str) -> Option<usize> {
    EMOTICONS
        .iter()
        .find(|emoticon| rest.starts_with(**emoticon))
        .map(|emoticon| emoticon.len())
}

/// `:name:`, known here or not: which names there are depends on the forum.
fn shortcode(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix(':')?;
    let length = name
        .bytes()
        .take(50)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'))
        .count();
    let has_letter = name[..length].bytes().any(|b| b.is_ascii_alphabetic());
    (has_letter && name[length..].starts_with(':')).then_some(length + 2)
}

fn html_tag(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')) {
        return None;
    }
    let end = inner.find(['>', '<'])?;
    inner[end..].starts_with('>').then_some(end + 2)
}

fn bracket_tag(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let end = inner.find([']', '[', '\n']).filter(|end| *end < 300)?;
    let tag = inner[..end].strip_prefix('/').unwrap_or(&inner[..end]);
    let name = tag.split(['=', ' ']).next()?.to_ascii_lowercase();
    (inner[end..].starts_with(']') && TAGS.contains(&name.as_str())).then_some(end + 2)
}

/// Returns the code that counts.
pub(crate) fn code(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Returns what of an address counts.
pub(crate) fn address(destination: &str) -> String {
    let rest = destination
        .split_once("://")
        .map_or(destination, |(_, rest)| rest)
        .trim_start_matches("//");
    let rest = decoded(rest);
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_lowercase();
    if let Some(id) = video(&host, path) {
        return format!("video {id}");
    }
    let path = match path.split_once("?u=") {
        Some((path, name)) if !name.contains(['&', '#', '/']) => path,
        _ => path,
    };
    format!("{host}{}", path.trim_end_matches('/'))
}

/// Returns the id of a video of the site whose players Discourse builds in.
fn video(host: &str, path: &str) -> Option<String> {
    let id = match host.trim_start_matches("www.").trim_start_matches("m.") {
        "youtu.be" => path.strip_prefix('/')?,
        "youtube.com" | "youtube-nocookie.com" => {
            let query = path.strip_prefix("/watch?");
            match query {
                Some(query) => query.split('&').find_map(|part| part.strip_prefix("v="))?,
                None => path
                    .strip_prefix("/embed/")
                    .or_else(|| path.strip_prefix("/v/"))?,
            }
        }
        _ => return None,
    };
    let end = id
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
        .unwrap_or(id.len());
    (end > 0).then(|| id[..end].to_owned())
}

/// Resolves percent-encoding; what is no UTF-8 then stays as it is.
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (bytes[at], digit(at + 1), digit(at + 2)) {
            out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_spellings_become_one() {
        let same = [
            ("“a” – b… ‘c’", "\"a\" -- b... 'c'"),
            ("wow!!! really???", "wow!!!!! really?????"),
            ("a → b ©", "a --> b (c)"),
            ("fine :slight_smile:", "fine :)"),
            ("a\n b", "a  b"),
            ("a vector b", "a vector<int> b"),
            ("bold text", "[b]bold[/b] text"),
        ];
        for (left, right) in same {
            assert_eq!(super::text(left), super::text(right), "{left}");
        }
    }

    #[test]
    fn signs_that_could_be_markup_stay() {
        for sign in ["*", "_", "`", "#", "~", "\\", "|", ">", "=", "["] {
            assert_ne!(
                super::text("a b"),
                super::text(&format!("a {sign}b")),
                "{sign}"
            );
        }
        assert_eq!(super::text("a[n] [x] [todo]"), "a[n][x][todo]");
    }

    #[test]
    fn addresses_have_one_spelling() {
        let same = [
            ("http://E.org/a%20b/", "https://e.org/a b"),
            (
                "https://youtu.be/abc-1?t=5",
                "http://www.youtube.com/watch?feature=x&v=abc-1",
            ),
            ("e.org/a", "//e.org/a"),
            ("e.org/t/a/5?u=alice", "e.org/t/a/5"),
        ];
        for (left, right) in same {
            assert_eq!(super::address(left), super::address(right));
        }
        assert_ne!(super::address("e.org/a"), super::address("e.org/A"));
        assert_ne!(super::address("e.org/a?b=1"), super::address("e.org/a"));
        assert_ne!(super::address("e.org/a?u=1&b"), super::address("e.org/a"));
    }
}
