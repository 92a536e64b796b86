// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Every example of README, in its order, with what it prints.
//!
//! The commands are read from README and run by a shell, with the folders and addresses of the test in the place of
//! those of README. What they print is compared with `tests/readme.txt`, where ports, times, sizes and tokens are words. A command
//! that cannot run here is in [`NOT_RUN`] with the reason; a new one that the test does not know is run like the others.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use space_tests::irc::{Ircd, Kind};
use space_tests::screen::Screen;
use space_tests::{binary, generated, skipped, write_secret};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Commands that are not run, by how they begin, and why.
const NOT_RUN: &[(&str, &str)] = &[
    (
        "cargo install",
        "it builds everything once more; tests/packaging.rs runs what is built",
    ),
    ("config-examples/install.sh", "tests/packaging.rs runs it"),
    (
        "config-examples/debian/build.sh",
        "tests/packaging.rs runs it; apt needs root",
    ),
    (
        "podman",
        "there is no engine for containers; tests/packaging.rs goes through the file",
    ),
    (
        "sudo -u postgres",
        "it needs root, and a PostgreSQL of the system",
    ),
    (
        "space-server import discourse https://forum.example.org",
        "there is no forum on the network; the server's own tests bring one",
    ),
    (".ci/run", "it runs this test"),
];

/// Commands of which it is left out what they print, and why.
const QUIET: &[(&str, &str)] = &[
    (
        "space-server doctor",
        "what it finds depends on the machine",
    ),
    (
        "space-bridge run",
        "its log has no fixed order; it reaches server, network and room",
    ),
];

fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in the repository")
        .to_owned()
}

/// A command of README, and the section that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Example {
    section: String,
    command: String,
}

/// Reads the commands of all blocks for a shell.
fn examples(readme: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let (mut section, mut in_shell, mut in_other) = (String::new(), false, false);
    let mut begun = String::new();
    for line in readme.lines() {
        if line.starts_with("```") {
            (in_shell, in_other) = if in_shell || in_other {
                (false, false)
            } else {
                (line == "```sh", line != "```sh")
            };
        } else if in_shell {
            let line = without_comment(line);
            if let Some(more) = line.strip_suffix('\\') {
                begun.push_str(more);
            } else if !line.is_empty() {
                found.push(Example {
                    section: section.clone(),
                    command: std::mem::take(&mut begun) + line,
                });
            }
        } else if !in_other && let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        }
    }
    found
}

/// Takes away what stands behind a `#` outside quotes.
fn without_comment(line: &str) -> &str {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (None, '#') if before.is_whitespace() => return line[..at].trim_end(),
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
        before = c;
    }
    line.trim_end()
}

/// A process in the background; it ends with this value.
struct Background(Child);

impl Drop for Background {
    fn drop(&mut self) {
        let id = self.0.id().to_string();
        let _ = Command::new("kill").args(["-s", "TERM", &id]).status();
        let _ = self.0.wait();
    }
}

/// How a command is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// To its end.
    Whole,
    /// Until it has printed this; then it is ended.
    Until(&'static str),
    /// Until it has printed this; it goes on until the test ends.
    Stays(&'static str),
    /// In a terminal, until this is on the screen; then the keys are pressed, and it ends.
    Screen(&'static str, &'static str),
    /// In a terminal, until this is on the screen; then it is broken off.
    Shows(&'static str),
    /// In a terminal, with a password for each prompt.
    Asked,
}

/// Commands that are not run to their end by themselves, by how they begin; `$` at the end stands for the whole.
const HOW: &[(&str, How)] = &[
    (
        "cargo build && target/debug/space-server demo",
        How::Screen("online", "q"),
    ),
    (
        "target/debug/space-server demo --no-terminal",
        How::Stays("Password"),
    ),
    (
        "curl -sN 'http://127.0.0.1:7780/v1/feed",
        How::Until("\"more\":false"),
    ),
    (
        "target/debug/space-bridge console",
        How::Until("old laptop"),
    ),
    ("space$", How::Screen("online", "q")),
    ("space login ", How::Shows("/device")),
    ("space-server init", How::Asked),
    ("space-server serve", How::Stays("serving on")),
    ("space-server member password", How::Asked),
    ("space-bridge run", How::Stays("in #")),
];

/// Where README's examples take place.
struct World {
    folder: tempfile::TempDir,
    /// What README says, and what it is here.
    places: Vec<(String, String)>,
    variables: BTreeMap<String, String>,
    background: Vec<Background>,
    told: String,
    /// What the last command printed.
    last: String,
}

/// A password that the server takes.
const PASSWORD: &str = "correct horse battery";

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let built = binary("space").parent().map(Path::to_owned);
        let built = built.expect("a program is in a folder");
        std::fs::create_dir_all(folder.path().join("target")).expect("a folder can be made");
        std::os::unix::fs::symlink(&built, folder.path().join("target/debug"))
            .expect("a link can be made");
        let here = |name: &str| folder.path().join(name).display().to_string();
        for name in ["srv", "var/backups/space", "home"] {
            std::fs::create_dir_all(here(name)).expect("a folder can be made");
        }
        let path = std::env::var("PATH").unwrap_or_default();
        let variables = [
            ("PATH", format!("{}:{path}", built.display())),
            ("HOME", here("home")),
            ("TMPDIR", here("home")),
            ("LC_ALL", "C.UTF-8".to_owned()),
            ("SPACE_KEYRING", "off".to_owned()),
            ("SPACE_SERVER__HTTP__BIND", "127.0.0.1:0".to_owned()),
        ];
        let places = [
            ("/srv/", here("srv/")),
            ("/var/backups/", here("var/backups/")),
        ];
        Self {
            places: places.map(|(from, to)| (from.to_owned(), to)).to_vec(),
            variables: variables
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            folder,
            background: Vec::new(),
            told: String::new(),
            last: String::new(),
        }
    }

    /// From now on README's `from` is `to`.
    fn place(&mut self, from: &str, to: &str) {
        self.places.retain(|(known, _)| known != from);
        self.places.push((from.to_owned(), to.to_owned()));
    }

    fn here(&self, command: &str) -> String {
        let mut text = command.to_owned();
        for (from, to) in &self.places {
            text = text.replace(from, to);
        }
        text
    }

    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", command])
            .current_dir(self.folder.path())
            .env_clear()
            .envs(&self.variables)
            .stdin(Stdio::null());
        shell
    }

    /// Does something that README takes for granted.
    #[track_caller]
    fn prepare(&self, command: &str) -> String {
        let done = self
            .shell(&self.here(command))
            .output()
            .expect("a shell can be run");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{command}: {errors}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// Runs a command of README, and writes down what it prints.
    fn run(&mut self, example: &Example) {
        let command = &example.command;
        let _ = writeln!(self.told, "$ {command}");
        if let Some((_, why)) = NOT_RUN.iter().find(|(start, _)| command.starts_with(start)) {
            let _ = writeln!(self.told, "(not run: {why})\n");
            return;
        }
        if let Some(setting) = command.strip_prefix("export ") {
            let (name, value) = setting.split_once('=').expect("a variable has a value");
            self.variables.insert(name.to_owned(), self.here(value));
            self.told.push('\n');
            return;
        }
        let how = HOW.iter().find(|(start, _)| match start.strip_suffix('$') {
            Some(whole) => command == whole,
            None => command.starts_with(start),
        });
        // It is built already.
        let mut real = self.here(
            command
                .trim_start_matches("cargo build && ")
                .trim_end_matches(" &"),
        );
        if command.starts_with("space login ") {
            // As README says: a test has no keyring.
            real.push_str(" --insecure-storage");
        }
        let printed = match how.map_or(How::Whole, |(_, how)| *how) {
            How::Whole => {
                let mut shell = self.shell(&format!("{{ {real}\n}} 2>&1"));
                let done = shell.output().expect("a shell can be run");
                let mut printed = String::from_utf8_lossy(&done.stdout).into_owned();
                match done.status.code() {
                    Some(0) => {}
                    Some(code) => {
                        let _ = writeln!(printed, "(exit code {code})");
                    }
                    None => printed.push_str("(killed)\n"),
                }
                printed
            }
            How::Until(what) => self.begin(&real, what).1,
            How::Stays(what) => {
                let (child, printed) = self.begin(&real, what);
                self.background.push(child);
                printed
            }
            How::Screen(what, keys) => {
                let mut screen = self.screen(&real);
                let wait = screen.wait(what, PATIENCE, |screen| screen.contents().contains(what));
                wait.unwrap_or_else(|error| panic!("{command}: {error}"));
                screen.press(keys).expect("keys can be pressed");
                let ended = screen.ended(PATIENCE).expect("it ends");
                assert!(ended.success(), "{command}: {ended:?}");
                "(the screen opens, and q closes it)\n".to_owned()
            }
            How::Shows(what) => {
                let mut screen = self.screen(&real);
                let wait = screen.wait(what, PATIENCE, |screen| screen.contents().contains(what));
                wait.unwrap_or_else(|error| panic!("{command}: {error}"));
                screen.settle(Duration::from_millis(300), PATIENCE);
                let printed = screen.screen().contents();
                screen.press("\x03").expect("keys can be pressed");
                screen.ended(PATIENCE).expect("it ends");
                format!("{}\n", printed.trim_end())
            }
            How::Asked => {
                let mut screen = self.screen(&real);
                for prompt in ["Password for", "Once more"] {
                    screen
                        .wait(prompt, PATIENCE, |screen| {
                            screen.contents().contains(prompt)
                        })
                        .unwrap_or_else(|error| panic!("{command}: {error}"));
                    screen
                        .press(&format!("{PASSWORD}\r"))
                        .expect("keys can be pressed");
                }
                let ended = screen.ended(PATIENCE).expect("it ends");
                let printed = screen.screen().contents();
                assert!(ended.success(), "{command}: {printed}");
                // What is typed before a prompt has switched the echo off is shown.
                let printed = printed.replace(PASSWORD, "");
                let lines = printed.lines().map(str::trim_end);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
                format!("{}\n", lines.join("\n"))
            }
        };
        self.last.clone_from(&printed);
        if let Some((_, why)) = QUIET.iter().find(|(start, _)| command.starts_with(start)) {
            let _ = writeln!(self.told, "({why})\n");
            return;
        }
        // Heads of answers have hashes of what they carry.
        let shown = if command.starts_with("curl -sI") {
            1
        } else {
            SHOWN
        };
        self.tell(&printed, shown);
    }

    /// Writes down what was printed, with words for what differs from run to run.
    fn tell(&mut self, printed: &str, shown: usize) {
        let mut text = printed.to_owned();
        for (from, to) in self.places.iter().rev() {
            text = text.replace(to, from);
        }
        text = text.replace(&self.folder.path().display().to_string(), "FOLDER");
        let lines: Vec<String> = text.lines().map(|line| steady(line.trim_end())).collect();
        for line in lines.iter().take(shown) {
            let cut = line
                .char_indices()
                .nth(WIDTH)
                .map_or(line.len(), |(at, _)| at);
            let more = if cut < line.len() { "…" } else { "" };
            let _ = writeln!(self.told, "{}{more}", &line[..cut]);
        }
        if lines.len() > shown {
            self.told.push_str("(and more)\n");
        }
        self.told.push('\n');
    }

    fn screen(&self, command: &str) -> Screen {
        let mut builder = CommandBuilder::new("sh");
        builder.args(["-c", command]);
        builder.env_clear();
        for (name, value) in &self.variables {
            builder.env(name, value);
        }
        builder.cwd(self.folder.path());
        Screen::open(builder, 160, 50).expect("a terminal can be opened")
    }

    /// Starts a command, and waits until it has printed something.
    #[track_caller]
    fn begin(&self, command: &str, what: &str) -> (Background, String) {
        let log = self.folder.path().join("printed");
        let file = std::fs::File::create(&log).expect("a file can be made");
        let mut shell = self.shell(&format!("exec {command}"));
        shell
            .stdout(file.try_clone().expect("a file can be opened twice"))
            .stderr(file);
        let mut child = Background(shell.spawn().expect("a shell can be run"));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let printed = std::fs::read_to_string(&log).unwrap_or_default();
            if printed.contains(what) && printed.ends_with('\n') {
                return (child, printed);
            }
            let ended = child.0.try_wait().expect("a child can be asked");
            let is_going_on = ended.is_none() && Instant::now() < deadline;
            let shown: String = printed.chars().take(2000).collect();
            assert!(is_going_on, "{command}: there is no {what:?}: {shown}");
            // No event tells that a file has grown, short of watching its folder.
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }
}

/// How many lines of a command are written down.
const SHOWN: usize = 14;

/// How many characters of a line.
const WIDTH: usize = 140;

/// Puts words in the place of what differs from run to run: dates, times, tokens, hashes, long numbers, ports.
fn steady(line: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(is_part) {
        out.push_str(&rest[..start]);
        let word = &rest[start..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        let steady = steady_word(word, &out, after);
        out.push_str(&steady);
        rest = after;
    }
    out.push_str(rest);
    // The hour of a moment stands in the same word as its day.
    while let Some(at) = out.find("DATE:") {
        let rest = &out[at + 4..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !":.Z".contains(c));
        let end = end.map_or(out.len(), |end| at + 4 + end);
        out.replace_range(at + 4..end, "");
    }
    if out == line {
        return out;
    }
    // Columns are as wide as what stands in them.
    let words: Vec<&str> = out.split_whitespace().collect();
    let indent = out.len() - out.trim_start().len();
    " ".repeat(indent) + &words.join(" ")
}

fn steady_word(word: &str, before: &str, after: &str) -> String {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = !word.is_empty() && digits == word.len();
    let is_date = word.len() >= 10 && word.as_bytes()[4] == b'-' && digits >= 8;
    let is_hex = word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_code = word.len() == 9
        && word.as_bytes()[4] == b'-'
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let unit = after.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let is_amount = [" ms", " s", " KiB", " MiB", " kB", " bytes"]
        .iter()
        .any(|name| {
            let rest = unit.strip_prefix(name);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
    let is_age = [" min", " h", " d"].contains(&after) || after.starts_with(" d ");
    if word.starts_with("space-20") {
        return "space-DATE".to_owned();
    }
    if is_number && (is_age || before.ends_with("process ")) {
        return "N".to_owned();
    }
    if word.starts_with("space_") && word.len() > 20 {
        "TOKEN".to_owned()
    } else if is_date {
        "DATE".to_owned()
    } else if is_number && before.ends_with("127.0.0.1:") && word != "7780" {
        "PORT".to_owned()
    } else if is_number && (word.len() >= 12 || word.len() > 5 && after.starts_with('…')) || is_hex
    {
        "NUMBER".to_owned()
    } else if is_code {
        "CODE".to_owned()
    } else if is_number && (is_amount || before.ends_with("N.")) {
        "N".to_owned()
    } else {
        word.to_owned()
    }
}

/// A port of this machine that nobody listens on.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

/// The first address in a text.
fn address(text: &str) -> String {
    let start = text.find("http://").expect("an address is printed");
    let end = text[start..].find(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let address = &text[start..end.map_or(text.len(), |end| start + end)];
    address.trim_end_matches(['/', '.', ',']).to_owned()
}

/// What README takes for granted before a command; and after one.
fn before(world: &mut World, command: &str) {
    let password = world.folder.path().join("password");
    let sign_in = |server: &str, name: &str, given: &str| {
        write_secret(&password, given);
        format!(
            "space login {server} --name {name} --password-file {} --insecure-storage",
            password.display()
        )
    };
    if command == "space" {
        world.prepare(&sign_in(
            "https://space.example.org",
            "leila",
            "open the shelf",
        ));
    } else if command.starts_with("space-server init") {
        let port = free_port();
        let bind = format!("127.0.0.1:{port}");
        world.place("127.0.0.1:7780", &bind);
        world.place("https://space.example.org", &format!("http://{bind}"));
        world
            .variables
            .insert("SPACE_SERVER__HTTP__BIND".to_owned(), bind);
    } else if command.starts_with("space-server import discourse saved-forum") {
        save_forum(world.folder.path(), "ann");
        world.prepare("tar --create --zstd --file saved-forum.tar.zst saved-forum");
    } else if command.starts_with("curl -s https://space.example.org/t/") {
        save_forum(world.folder.path(), "zoe");
        world.prepare("space-server import discourse saved-forum --source earlier --name Earlier");
        let topics = world.prepare("space-server export | jq 'select(.kind == \"topic\") | .id'");
        world.place("/t/1234", &format!("/t/{}", topics.trim()));
    } else if command.starts_with("space-bridge status") {
        let deadline = Instant::now() + PATIENCE;
        while !world
            .prepare(&format!("{command} || true"))
            .contains("server: up")
        {
            assert!(
                Instant::now() < deadline,
                "the bridge does not reach the server"
            );
            // Only its status tells.
            std::thread::park_timeout(Duration::from_millis(50));
        }
    } else if command.starts_with("space-server member block mallory") {
        world.prepare("space-server member add mallory --no-password");
        world.prepare("space-server member add bob --no-password");
    }
}

/// What has to be done after a command of README, and what is known then.
fn after(world: &mut World, command: &str, ircd: &Ircd) {
    let told = world.last.clone();
    if command.starts_with("target/debug/space-server demo") {
        let demo = address(&told);
        world.place("http://127.0.0.1:7780", &demo);
        world.place("https://space.example.org", &demo);
    } else if command.starts_with("space-server backup") {
        let backups = world.folder.path().join("var/backups/space");
        let made = std::fs::read_dir(backups)
            .expect("the folder is there")
            .next();
        let made = made
            .expect("a backup was made")
            .expect("the folder can be read");
        let name = made.file_name().display().to_string();
        world.place("space-2026-11-26T221530Z.tar.zst", &name);
    } else if command.starts_with("space-bridge config example") {
        let file = world.folder.path().join("bridge.toml");
        let text = std::fs::read_to_string(&file).expect("it was written");
        std::fs::write(&file, filled_in(world, &text, ircd.port())).expect("it can be written");
    }
}

/// Fills in the configuration of a bridge as README says.
fn filled_in(world: &World, example: &str, port: u16) -> String {
    let folder = world.folder.path().display();
    let server = world.here("https://space.example.org");
    let mut out = String::new();
    for line in example.lines() {
        let line = match line.split_once(" = ") {
            Some(("server", _)) => format!("server = \"{server}\""),
            Some(("token_file", _)) => format!("token_file = \"{folder}/bridge.token\""),
            Some(("state", _)) => format!("state = \"{folder}/bridge.db\""),
            Some(("category", _)) => "category = \"general\"".to_owned(),
            Some(("host", _)) => format!("host = \"127.0.0.1\"\nport = {port}\ntls = false"),
            _ => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Saves a forum of one topic in category 7.
fn save_forum(folder: &Path, author: &str) {
    let folder = folder.join("saved-forum");
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let topic = serde_json::json!({
        "id": 1, "title": "How do I begin?", "category_id": 7, "views": 3, "visible": true, "archetype": "regular",
        "created_at": "2020-01-01T00:00:00.000Z", "last_posted_at": "2020-01-01T00:00:00.000Z",
        "post_stream": {"stream": [1], "posts": [{
            "id": 1, "post_number": 1, "post_type": 1, "user_id": 1, "username": author, "version": 1,
            "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-01-01T00:00:00.000Z",
            "cooked": "<p>With a cup of tea <img class=\"emoji\" title=\":slight_smile:\"></p>",
        }]},
    });
    std::fs::write(folder.join("1.json"), topic.to_string()).expect("a file can be written");
}

#[test]
fn every_example_of_readme_runs() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("it is there");
    let examples = examples(&readme);
    assert!(examples.len() > 30, "{examples:?}");
    let Some(ircd) = Ircd::start(Kind::Ngircd) else {
        return;
    };
    for program in ["curl", "jq", "zstd"] {
        if Command::new(program).arg("--version").output().is_err() {
            skipped(&format!("there is no {program}"));
            return;
        }
    }
    for program in ["space-server", "space-bridge"] {
        binary(program);
    }
    let mut world = World::new();
    let mut section = String::new();
    for example in &examples {
        if example.section != section {
            section.clone_from(&example.section);
            let _ = writeln!(world.told, "## {section}\n");
        }
        before(&mut world, &example.command);
        world.run(example);
        after(&mut world, &example.command, &ircd);
    }
    generated::same_as_committed(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("readme.txt"),
        &format!("{HEAD}{}\n", world.told.trim_end()),
    );
}

/// What the transcript begins with.
const HEAD: &str = "\
What the examples of README print, as tests/readme.rs has run them: ports, dates, amounts and tokens are words.

";

#[test]
fn commands_are_read_without_their_comments() {
    let text = "## A\n```sh\na 'x # y' # z\nb \\\n    c\n```\n```toml\nd\n```\n## B\n```sh\n#e\nf#g\n```\n";
    let found: Vec<_> = examples(text)
        .into_iter()
        .map(|example| (example.section, example.command))
        .collect();
    let want = [("A", "a 'x # y'"), ("A", "b     c"), ("B", "f#g")];
    assert_eq!(
        found,
        want.map(|(section, command)| (section.to_owned(), command.to_owned()))
    );
}

#[test]
fn what_differs_from_run_to_run_becomes_words() {
    for (line, want) in [
        ("at http://127.0.0.1:41234/", "at http://127.0.0.1:PORT/"),
        ("2026-12-01T12:00:00Z done", "DATE done"),
        ("5 sent, process 77", "5 sent, process N"),
        ("space-2026-12-01T120000Z.tar.zst", "space-DATE.tar.zst"),
        ("took 12.5 ms, 3 posts", "took N.N ms, 3 posts"),
        ("case 123456789012", "case NUMBER"),
        ("WDJB-MJHT", "CODE"),
    ] {
        assert_eq!(steady(line), want);
    }
}
