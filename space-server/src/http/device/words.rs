// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What the page says, in the languages that it speaks.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// The texts of the page. Braces stand for values, which are escaped when they are filled in.
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) warning: &'static str,
    pub(super) code: &'static str,
    pub(super) code_hint: &'static str,
    pub(super) name: &'static str,
    pub(super) password: &'static str,
    pub(super) go_on: &'static str,
    pub(super) ask_title: &'static str,
    pub(super) ask: &'static str,
    pub(super) program: &'static str,
    pub(super) address: &'static str,
    pub(super) since: &'static str,
    pub(super) member: &'static str,
    pub(super) could: &'static str,
    pub(super) could_read: &'static str,
    pub(super) could_write: &'static str,
    pub(super) could_manage: &'static str,
    pub(super) may: &'static str,
    pub(super) compare: &'static str,
    pub(super) allow: &'static str,
    pub(super) deny: &'static str,
    pub(super) allowed_title: &'static str,
    pub(super) allowed: &'static str,
    pub(super) denied_title: &'static str,
    pub(super) denied: &'static str,
    pub(super) error: &'static str,
    pub(super) wrong_password: &'static str,
    pub(super) blocked: &'static str,
    pub(super) wrong_code: &'static str,
    pub(super) bad_code: &'static str,
    pub(super) too_many: &'static str,
    pub(super) gone: &'static str,
    pub(super) failed: &'static str,
    pub(super) seconds: &'static str,
    pub(super) minutes: &'static str,
    pub(super) again: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    title: "Let a program in to {space}",
    intro: "A program on another screen, such as a terminal, shows a code and waits. Sign in here to let it act for you.",
    warning: "Go on only if you started that program yourself. Never type a code that somebody sent you.",
    code: "Code",
    code_hint: "Eight letters, such as WDJB-MJHT",
    name: "Name",
    password: "Password",
    go_on: "Sign in and see who asks",
    ask_title: "Allow this program?",
    ask: "It asks to be let in to {space}.",
    program: "It calls itself",
    address: "It asked from",
    since: "It asked",
    member: "It would act as",
    could: "It could",
    could_read: "read everything that you may read",
    could_write: "write in your name",
    could_manage: "decide in your name",
    may: "It could do so until its token ends, or until you end it.",
    compare: "Does the program show exactly this code?",
    allow: "Allow",
    deny: "Deny",
    allowed_title: "Allowed",
    allowed: "The program is let in. You can close this page and go back to it.",
    denied_title: "Denied",
    denied: "The program gets nothing. If you did not start it, somebody may have tried to use your account; your password is still yours alone.",
    error: "Error",
    wrong_password: "Name and password do not fit together.",
    blocked: "This account is blocked. Write to the people who run this space.",
    wrong_code: "No program waits with this code. It may be mistyped, or more than ten minutes old.",
    bad_code: "A code has eight letters, and no vowels or digits.",
    too_many: "Too many attempts in a short time. Try again in {seconds} seconds.",
    gone: "This question has been answered already, or its time is over. Start again in the program.",
    failed: "The server is busy or cannot do this at the moment. Try again.",
    seconds: "{n} seconds ago",
    minutes: "{n} minutes ago",
    again: "Enter a code",
};

const GERMAN: Words = Words {
    language: "de",
    title: "Ein Programm in {space} einlassen",
    intro: "Ein Programm auf einem anderen Bildschirm, etwa im Terminal, zeigt einen Code und wartet. Melde dich hier an, damit es für dich handeln darf.",
    warning: "Fahre nur fort, wenn du das Programm selbst gestartet hast. Gib nie einen Code ein, den dir jemand geschickt hat.",
    code: "Code",
    code_hint: "Acht Buchstaben, zum Beispiel WDJB-MJHT",
    name: "Name",
    password: "Passwort",
    go_on: "Anmelden und sehen, wer fragt",
    ask_title: "Dieses Programm erlauben?",
    ask: "Es bittet um Einlass in {space}.",
    program: "Es nennt sich",
    address: "Es fragte von",
    since: "Es fragte",
    member: "Es würde handeln als",
    could: "Es könnte",
    could_read: "alles lesen, was du lesen darfst",
    could_write: "in deinem Namen schreiben",
    could_manage: "in deinem Namen entscheiden",
    may: "Das könnte es, bis sein Token endet oder du es beendest.",
    compare: "Zeigt das Programm genau diesen Code?",
    allow: "Erlauben",
    deny: "Ablehnen",
    allowed_title: "Erlaubt",
    allowed: "Das Programm ist eingelassen. Du kannst diese Seite schließen und dorthin zurückkehren.",
    denied_title: "Abgelehnt",
    denied: "Das Programm bekommt nichts. Hast du es nicht gestartet, wollte vielleicht jemand dein Konto benutzen; dein Passwort gehört weiter dir allein.",
    error: "Fehler",
    wrong_password: "Name und Passwort passen nicht zusammen.",
    blocked: "Dieses Konto ist gesperrt. Schreibe denen, die diesen Ort betreiben.",
    wrong_code: "Kein Programm wartet mit diesem Code. Vielleicht ist er vertippt, oder älter als zehn Minuten.",
    bad_code: "Ein Code hat acht Buchstaben, und keine Vokale oder Ziffern.",
    too_many: "Zu viele Versuche in kurzer Zeit. Versuche es in {seconds} Sekunden wieder.",
    gone: "Diese Frage ist schon beantwortet, oder ihre Zeit ist um. Beginne im Programm von vorn.",
    failed: "Der Server ist beschäftigt oder kann das gerade nicht. Versuche es noch einmal.",
    seconds: "vor {n} Sekunden",
    minutes: "vor {n} Minuten",
    again: "Einen Code eingeben",
};

/// Takes the language that the browser would rather have. Browsers name them in order, so weights are left alone.
pub(super) fn choose(headers: &HeaderMap) -> &'static Words {
    let wished = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    for language in wished.split(',') {
        let primary = language.trim().split(['-', ';']).next();
        match primary.unwrap_or_default().to_ascii_lowercase().as_str() {
            "de" => return &GERMAN,
            "en" => return &ENGLISH,
            _ => {}
        }
    }
    &ENGLISH
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(None, "en")]
    #[case(Some("de-AT,de;q=0.9,en;q=0.5"), "de")]
    #[case(Some("fr, EN;q=0.5, de"), "en")]
    #[case(Some("denglisch"), "en")]
    fn the_page_speaks_what_the_browser_asks_for(#[case] wish: Option<&str>, #[case] want: &str) {
        let mut headers = HeaderMap::new();
        if let Some(wish) = wish {
            headers.insert(ACCEPT_LANGUAGE, wish.parse().unwrap());
        }
        assert_eq!(choose(&headers).language, want);
    }
}
