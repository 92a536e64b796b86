// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Which theme is used: what the reader picked, whether the background is light or dark, and how many colours there are.

use super::colour::Depth;
use super::theme::{Mode, Theme};
use crate::config::{Config, OwnTheme, ThemePick, When};

/// Whether colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// When.
    pub when: When,
    /// Who says so.
    pub why: &'static str,
}

impl Colours {
    /// Returns what was asked for on the command line, else what is set, else what the environment says:
    /// `NO_COLOR` (<https://no-color.org>) and `CLICOLOR_FORCE` (<https://bixense.com/clicolors>).
    pub fn choose(
        asked: Option<When>,
        set: When,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let is_on =
            |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
        let (when, why) = match (asked, set) {
            (Some(When::Auto) | None, When::Auto) if is_set("NO_COLOR") => {
                (When::Never, "NO_COLOR")
            }
            (Some(When::Auto) | None, When::Auto) if is_on("CLICOLOR_FORCE") => {
                (When::Always, "CLICOLOR_FORCE")
            }
            (Some(When::Auto), _) | (None, When::Auto)
                if variable("TERM").as_deref() == Some("dumb") =>
            {
                (When::Never, "TERM")
            }
            (Some(when), _) => (when, "--color"),
            (None, when) => (when, "config.toml"),
        };
        Self { when, why }
    }

    /// Returns whether colours are used on something that is a terminal, or is not.
    pub fn on(self, is_terminal: bool) -> bool {
        match self.when {
            When::Always => true,
            When::Never => false,
            When::Auto => is_terminal,
        }
    }
}

/// What decides how everything looks.
#[derive(Debug, Clone)]
pub struct Appearance {
    pick: ThemePick,
    own: OwnTheme,
    depth: Depth,
    told: Option<Mode>,
    guess: Option<Mode>,
}

impl Appearance {
    /// Takes what the reader picked, and what the environment says.
    pub fn new(config: &Config, variable: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            pick: config.settings.theme.clone(),
            own: config.theme.clone(),
            depth: Depth::from_environment(&variable),
            told: None,
            guess: variable("COLORFGBG").as_deref().and_then(mode_of),
        }
    }

    /// Returns whether it looks otherwise on a light than on a dark background.
    pub fn depends_on_background(&self) -> bool {
        let is_one = self.pick.light == self.pick.dark || self.own.inherits.is_some();
        !is_one || self.own.has_modes()
    }

    /// Takes what the terminal itself says; it knows best.
    pub fn tell(&mut self, mode: Option<Mode>) {
        self.told = mode.or(self.told);
    }

    /// Returns whether the background is light or dark; most terminals that do not say are dark.
    pub fn mode(&self) -> Mode {
        self.told.or(self.guess).unwrap_or_default()
    }

    /// Returns who says that: the terminal, `COLORFGBG`, or nobody.
    pub fn mode_from(&self) -> ModeFrom {
        match (self.told, self.guess) {
            (Some(_), _) => ModeFrom::Terminal,
            (None, Some(_)) => ModeFrom::Environment,
            (None, None) => ModeFrom::Nobody,
        }
    }

    /// Returns the name of the theme that is used.
    pub fn name(&self) -> &str {
        match (self.own.inherits, self.mode()) {
            (Some(name), _) => name,
            (None, Mode::Dark) => &self.pick.dark,
            (None, Mode::Light) => &self.pick.light,
        }
    }

    /// Returns how many colours the terminal has.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Returns the theme.
    pub fn theme(&self, has_colour: bool) -> Theme {
        let mode = self.mode();
        let looks = if has_colour {
            self.own.over(self.name(), mode).at(self.depth)
        } else {
            // Not the chosen theme without its colours: what it tells apart by colour would all look alike.
            self.own.with_base("mono", mode).without_colours()
        };
        Theme::new(looks)
    }
}

/// Who says whether the background is light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModeFrom {
    /// The terminal itself.
    Terminal,
    /// `COLORFGBG`.
    Environment,
    /// Nobody: it is a guess.
    Nobody,
}

/// Reads `COLORFGBG`: colours of text and background as numbers of the sixteen, such as `15;0` or `0;default;15`.
fn mode_of(value: &str) -> Option<Mode> {
    match value.rsplit(';').next()?.parse().ok()? {
        0..=6 | 8 => Some(Mode::Dark),
        7 | 9..=15 => Some(Mode::Light),
        16..=u8::MAX => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("15;0", Some(Mode::Dark))]
    #[case("0;15", Some(Mode::Light))]
    #[case("0;default;15", Some(Mode::Light))]
    #[case("12;8", Some(Mode::Dark))]
    #[case("default;default", None)]
    #[case("", None)]
    fn what_the_environment_says_of_the_background(
        #[case] value: &str,
        #[case] want: Option<Mode>,
    ) {
        assert_eq!(mode_of(value), want);
    }

    #[rstest]
    #[case(None, When::Auto, &[], When::Auto)]
    #[case(None, When::Auto, &[("NO_COLOR", "1")], When::Never)]
    #[case(None, When::Auto, &[("NO_COLOR", "")], When::Auto)]
    #[case(None, When::Auto, &[("CLICOLOR_FORCE", "1")], When::Always)]
    #[case(None, When::Auto, &[("CLICOLOR_FORCE", "0")], When::Auto)]
    #[case(None, When::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], When::Never)]
    #[case(None, When::Auto, &[("TERM", "dumb")], When::Never)]
    #[case(None, When::Always, &[("NO_COLOR", "1")], When::Always)]
    #[case(None, When::Never, &[("CLICOLOR_FORCE", "1")], When::Never)]
    #[case(Some(When::Always), When::Never, &[("NO_COLOR", "1")], When::Always)]
    #[case(Some(When::Never), When::Always, &[], When::Never)]
    #[case(Some(When::Auto), When::Never, &[], When::Auto)]
    fn who_wins(
        #[case] asked: Option<When>,
        #[case] set: When,
        #[case] environment: &[(&str, &str)],
        #[case] want: When,
    ) {
        let variable = |name: &str| {
            let found = environment.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(Colours::choose(asked, set, variable).when, want);
    }

    #[test]
    fn the_terminal_knows_better_than_the_environment_and_the_reader_knows_best() {
        let mut config = Config::default();
        let variable = |name: &str| (name == "COLORFGBG").then(|| "0;15".to_owned());
        let mut appearance = Appearance::new(&config, variable);
        assert_eq!(appearance.name(), "light");
        appearance.tell(Some(Mode::Dark));
        assert_eq!(appearance.name(), "dark");
        config.settings.theme = ThemePick {
            light: "high-contrast".to_owned(),
            dark: "high-contrast".to_owned(),
        };
        let appearance = Appearance::new(&config, variable);
        assert_eq!(appearance.name(), "high-contrast");
        assert!(!appearance.depends_on_background());
    }
}
