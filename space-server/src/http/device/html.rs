// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The page as HTML: without scripts, without anything that is loaded, readable in any browser and at 320 pixels.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use space_core::policy::{Capabilities, Capability};

use super::words::Words;

/// The looks. Colours have a contrast of 7 to 1 and more, by day and by night.
const STYLE: &str = "\
:root{color-scheme:light dark;--back:#fff;--text:#1b1b1b;--line:#555;--act:#0b4a8f;--on:#fff;--bad:#9c1212}\
@media(prefers-color-scheme:dark){:root{--back:#151515;--text:#ededed;--line:#a6a6a6;--act:#a9cdf7;--on:#10131a;--bad:#ffb3ab}}\
*{box-sizing:border-box}\
body{margin:0;background:var(--back);color:var(--text);font:1.0625rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}\
main{max-width:30rem;margin:0 auto;padding:1rem}\
h1{font-size:1.4rem;line-height:1.25}\
form p{margin:0}\
label{display:block;margin:1rem 0 .25rem;font-weight:600}\
input,button{font:inherit;width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.3rem}\
input{background:var(--back);color:var(--text)}\
button{margin-top:1.25rem;background:var(--act);color:var(--on);border-color:var(--act);font-weight:600;cursor:pointer}\
button.quiet{background:var(--back);color:var(--text);border-color:var(--line)}\
a{color:var(--act)}\
:focus-visible{outline:3px solid var(--act);outline-offset:2px}\
small{display:block}\
.bad{border-left:.3rem solid var(--bad);padding-left:.75rem;color:var(--bad);font-weight:600}\
dt{font-weight:600;margin-top:.75rem}dd{margin:0}\
.code{font:700 1.6rem/1.5 ui-monospace,monospace;letter-spacing:.1em}";

/// What the page may do: look as it says, and send its form to where it came from. Nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
});

/// Something that a template takes as it stands.
struct Escaped(String);

/// Escapes a text for content and for attributes in double quotes.
fn escape(text: &str) -> Escaped {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Escaped(out)
}

/// A text of somebody else's amid ours: its direction of writing stays its own.
fn foreign(text: &str) -> Escaped {
    let Escaped(text) = escape(text);
    Escaped(format!("<bdi>{text}</bdi>"))
}

/// Fills a value into one of our texts.
fn fill(text: &str, place: &str, value: &Escaped) -> Escaped {
    let Escaped(text) = escape(text);
    Escaped(text.replace(place, &value.0))
}

/// What went wrong, for the top of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    WrongPassword,
    Blocked,
    WrongCode,
    BadCode,
    TooMany { seconds: u64 },
    Failed,
}

fn fault(words: &Words, fault: Fault) -> Escaped {
    let text = match fault {
        Fault::WrongPassword => words.wrong_password,
        Fault::Blocked => words.blocked,
        Fault::WrongCode => words.wrong_code,
        Fault::BadCode => words.bad_code,
        Fault::TooMany { seconds } => {
            return fill(words.too_many, "{seconds}", &Escaped(seconds.to_string()));
        }
        Fault::Failed => words.failed,
    };
    escape(text)
}

/// The form for code, name and password.
pub(super) fn form(
    words: &Words,
    space: &str,
    code: &str,
    name: &str,
    wrong: Option<Fault>,
) -> String {
    let Escaped(title) = fill(words.title, "{space}", &foreign(space));
    let mut body = format!("<h1>{title}</h1>\n");
    if let Some(wrong) = wrong {
        let Escaped(text) = fault(words, wrong);
        let _ = writeln!(body, "<p class=\"bad\" role=\"alert\">{text}</p>");
    }
    let [intro, warning, label, hint, name_label, password, go_on] = [
        words.intro,
        words.warning,
        words.code,
        words.code_hint,
        words.name,
        words.password,
        words.go_on,
    ]
    .map(|text| escape(text).0);
    let (Escaped(code), Escaped(name)) = (escape(code), escape(name));
    let _ = write!(
        body,
        "<p>{intro}</p>
<p><strong>{warning}</strong></p>
<form method=\"post\" action=\"device\">
<p><label for=\"code\">{label}</label>
<input id=\"code\" name=\"code\" value=\"{code}\" required maxlength=\"20\" autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" aria-describedby=\"code-hint\">
<small id=\"code-hint\">{hint}</small></p>
<p><label for=\"name\">{name_label}</label>
<input id=\"name\" name=\"name\" value=\"{name}\" required maxlength=\"200\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\">
</p>
<p><label for=\"password\">{password}</label>
<input id=\"password\" name=\"password\" type=\"password\" required maxlength=\"1024\" autocomplete=\"current-password\">
</p>
<p><button>{go_on}</button></p>
</form>"
    );
    page(words, words.title, space, wrong.is_some(), &body)
}

/// Who asks.
pub(super) struct Asking<'a> {
    pub(super) code: &'a str,
    pub(super) program: &'a str,
    pub(super) address: &'a str,
    pub(super) seconds_ago: u64,
    pub(super) member: &'a str,
    pub(super) ticket: &'a str,
    /// What it asks for.
    pub(super) may: &'a Capabilities,
}

/// The question.
pub(super) fn question(words: &Words, space: &str, asking: &Asking<'_>) -> String {
    let (since, number) = if asking.seconds_ago < 120 {
        (words.seconds, asking.seconds_ago)
    } else {
        (words.minutes, asking.seconds_ago / 60)
    };
    let Escaped(since) = fill(since, "{n}", &Escaped(number.to_string()));
    let Escaped(ask) = fill(words.ask, "{space}", &foreign(space));
    let [title, compare, may, warning, allow, deny] = [
        words.ask_title,
        words.compare,
        words.may,
        words.warning,
        words.allow,
        words.deny,
    ]
    .map(|text| escape(text).0);
    let facts = [
        (words.program, foreign(asking.program)),
        (words.address, foreign(asking.address)),
        (words.since, Escaped(since)),
        (words.member, foreign(asking.member)),
        (words.could, could(words, asking.may)),
    ];
    let mut list = String::new();
    for (what, Escaped(value)) in facts {
        let Escaped(what) = escape(what);
        let _ = writeln!(list, "<dt>{what}</dt><dd>{value}</dd>");
    }
    let (Escaped(code), Escaped(ticket)) = (escape(asking.code), escape(asking.ticket));
    let body = format!(
        "<h1>{title}</h1>
<p>{ask}</p>
<dl>
{list}</dl>
<p>{may}</p>
<p>{compare}<br><span class=\"code\">{code}</span></p>
<p><strong>{warning}</strong></p>
<form method=\"post\" action=\"device\">
<input type=\"hidden\" name=\"ticket\" value=\"{ticket}\">
<button name=\"answer\" value=\"allow\">{allow}</button>
<button class=\"quiet\" name=\"answer\" value=\"deny\">{deny}</button>
</form>"
    );
    page(words, words.ask_title, space, false, &body)
}

/// What a program could do with its token.
fn could(words: &Words, may: &Capabilities) -> Escaped {
    let phrases = [
        (Capability::Read, words.could_read),
        (Capability::Write, words.could_write),
        (Capability::Manage, words.could_manage),
    ];
    let phrases: Vec<&str> = phrases
        .into_iter()
        .filter(|(capability, _)| may.has(*capability))
        .map(|(_, phrase)| phrase)
        .collect();
    escape(&phrases.join(", "))
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Allowed,
    Denied,
    Gone,
}

/// The last page.
pub(super) fn end(words: &Words, space: &str, end: End) -> String {
    let (heading, text) = match end {
        End::Allowed => (words.allowed_title, words.allowed),
        End::Denied => (words.denied_title, words.denied),
        End::Gone => (words.error, words.gone),
    };
    let [title, text, again] = [heading, text, words.again].map(|text| escape(text).0);
    let mut body = format!("<h1>{title}</h1>\n<p role=\"status\">{text}</p>");
    if end == End::Gone {
        let _ = write!(body, "\n<p><a href=\"device\">{again}</a></p>");
    }
    page(words, heading, space, false, &body)
}

fn page(words: &Words, title: &str, space: &str, is_error: bool, body: &str) -> String {
    let title = if title.contains("{space}") {
        title.to_owned()
    } else {
        format!("{title} · {{space}}")
    };
    let Escaped(title) = fill(&title, "{space}", &escape(space));
    let Escaped(before) = escape(if is_error { words.error } else { "" });
    let before = if is_error {
        format!("{before}: ")
    } else {
        before
    };
    let language = words.language;
    format!(
        "<!doctype html>
<html lang=\"{language}\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"robots\" content=\"noindex\">
<title>{before}{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"
    )
}

#[cfg(test)]
mod tests {
    use super::super::words::choose;
    use super::*;
    use axum::http::HeaderMap;

    #[test]
    fn whatever_somebody_calls_a_program_stays_text() {
        let evil = "\"><script>alert('x')</script>{n}{space}&";
        let words = choose(&HeaderMap::new());
        let asking = Asking {
            code: evil,
            program: evil,
            address: evil,
            seconds_ago: 5,
            member: evil,
            ticket: evil,
            may: &Capabilities::all(),
        };
        for html in [
            question(words, evil, &asking),
            form(words, evil, evil, evil, Some(Fault::WrongCode)),
            end(words, evil, End::Gone),
        ] {
            assert!(!html.contains("<script"), "{html}");
            assert!(!html.contains("\"><"), "{html}");
            assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)"), "{html}");
        }
    }

    #[test]
    fn the_policy_names_the_style_that_the_page_has() {
        let html = end(choose(&HeaderMap::new()), "Example", End::Allowed);
        let style = html
            .split_once("<style>")
            .and_then(|(_, rest)| rest.split_once("</style>"))
            .unwrap()
            .0;
        let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
        assert!(POLICY.contains(&hash));
        assert!(!POLICY.contains("unsafe"));
    }
}
