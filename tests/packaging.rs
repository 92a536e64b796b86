// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What is installed: by the script, by the Debian packages, in the container.
//!
//! The packages are built and, where this runs as root, put into a root of their own by dpkg. No engine for containers is
//! needed: the steps of the container file that matter are read and done by hand, so what its base images hold is not tested.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use space_tests::{Server, binary, skipped};

const PROGRAMS: [&str; 3] = ["space", "space-server", "space-bridge"];

fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are in the repository")
        .to_owned()
}

fn example(name: &str) -> PathBuf {
    repository().join("config-examples").join(name)
}

/// Where the programs were built.
fn built() -> PathBuf {
    for program in PROGRAMS {
        binary(program);
    }
    let folder = binary("space").parent().map(Path::to_owned);
    folder.expect("a program is in a folder")
}

#[track_caller]
fn run(command: &mut Command) -> String {
    let done = command.output().expect("the program can be run");
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {told}{errors}");
    told
}

fn install(dest: &Path, prefix: &str, arguments: &[&str]) -> Output {
    Command::new(example("install.sh"))
        .args(arguments)
        .env("DESTDIR", dest)
        .env("PREFIX", prefix)
        .env("BIN_DIR", built())
        .output()
        .expect("the script can be run")
}

#[track_caller]
fn installed(dest: &Path, prefix: &str, arguments: &[&str]) -> String {
    let done = install(dest, prefix, arguments);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// Lists all files below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("it is below the folder");
                found.insert(below.display().to_string());
            }
        }
    }
    found
}

fn pages() -> BTreeSet<String> {
    let mut pages = files(&repository().join("man"));
    pages.retain(|name| name.ends_with(".1"));
    pages
}

#[test]
fn install_puts_programs_pages_and_completions_in_place() {
    let dest = tempfile::tempdir().expect("a folder can be made");
    let said = installed(dest.path(), "/opt/space", &[]);
    assert!(
        said.starts_with("Installed space space-server space-bridge below "),
        "{said}"
    );
    let root = dest.path().join("opt/space");
    for program in PROGRAMS {
        let version = run(Command::new(root.join("bin").join(program)).arg("--version"));
        assert_eq!(
            version,
            format!("{program} {}\n", env!("CARGO_PKG_VERSION"))
        );
        for completion in [
            format!("bash-completion/completions/{program}"),
            format!("zsh/site-functions/_{program}"),
            format!("fish/vendor_completions.d/{program}.fish"),
        ] {
            assert!(
                root.join("share").join(&completion).is_file(),
                "{completion}"
            );
        }
        run(Command::new("bash")
            .arg("-n")
            .arg(root.join("share/bash-completion/completions").join(program)));
    }
    // Every page, and each once.
    assert_eq!(files(&root.join("share/man/man1")), pages());
    // The units start what was installed.
    for unit in ["space-server", "space-server-backup", "space-bridge"] {
        let unit = root.join(format!("lib/systemd/system/{unit}.service"));
        let unit = std::fs::read_to_string(unit).expect("the unit is there");
        assert!(unit.contains("\nExecStart=/opt/space/bin/space-"), "{unit}");
    }
    // Again changes nothing, and removing leaves nothing.
    let before = files(dest.path());
    installed(dest.path(), "/opt/space", &[]);
    assert_eq!(files(dest.path()), before);
    installed(dest.path(), "/opt/space", &["--uninstall"]);
    assert_eq!(files(dest.path()), BTreeSet::new());
}

#[test]
fn install_takes_single_programs_and_documentation_alone() {
    let dest = tempfile::tempdir().expect("a folder can be made");
    installed(dest.path(), "/usr/local", &["space"]);
    let bin = files(&dest.path().join("usr/local/bin"));
    assert_eq!(bin, BTreeSet::from(["space".to_owned()]));
    let of_others =
        |name: &String| name.starts_with("space-server") || name.starts_with("space-bridge");
    let man = files(&dest.path().join("usr/local/share/man/man1"));
    assert!(
        man.contains("space-topics.1") && !man.iter().any(of_others),
        "{man:?}"
    );

    let dest = tempfile::tempdir().expect("a folder can be made");
    let done = Command::new(example("install.sh"))
        .args(["--documentation", "space-server"])
        .env("DESTDIR", dest.path())
        .env("BIN_DIR", "/nonexistent")
        .output()
        .expect("the script can be run");
    assert!(done.status.success(), "{done:?}");
    let all = files(dest.path());
    assert!(
        all.contains("usr/local/share/man/man1/space-server-serve.1"),
        "{all:?}"
    );
    assert!(
        !all.iter()
            .any(|name| name.contains("/bin/") || name.contains("systemd"))
    );
}

#[test]
fn install_refuses_what_it_does_not_know() {
    let dest = tempfile::tempdir().expect("a folder can be made");
    for (prefix, arguments) in [("/usr", &["spce"][..]), ("usr", &[])] {
        let done = install(dest.path(), prefix, arguments);
        assert_eq!(done.status.code(), Some(2), "{done:?}");
    }
    let done = Command::new(example("install.sh"))
        .env("DESTDIR", dest.path())
        .env("BIN_DIR", "/nonexistent")
        .output()
        .expect("the script can be run");
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert_eq!(files(dest.path()), BTreeSet::new());
}

/// Builds the packages into a folder.
fn packages(out: &Path) {
    run(Command::new(example("debian/build.sh"))
        .arg("--out")
        .arg(out)
        .env("COMPRESSION", "none")
        .env("BIN_DIR", built()));
}

#[test]
fn debian_packages_hold_what_they_should() {
    if Command::new("dpkg-deb").arg("--version").output().is_err() {
        skipped("there is no dpkg-deb");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().join("out");
    packages(&out);
    let architecture = run(Command::new("dpkg").arg("--print-architecture"));
    let file = |package: &str| {
        let version = env!("CARGO_PKG_VERSION");
        out.join(format!("{package}_{version}_{}.deb", architecture.trim()))
    };
    let mut man = BTreeSet::new();
    for package in PROGRAMS {
        let file = file(package);
        let fields = run(Command::new("dpkg-deb").arg("--field").arg(&file));
        assert!(
            fields.contains(&format!("Package: {package}\n")),
            "{fields}"
        );
        assert!(fields.contains("\nDepends: libc6"), "{fields}");
        let tree = folder.path().join(package);
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .arg(&file)
            .arg(&tree));
        let owners = run(Command::new("dpkg-deb").arg("--contents").arg(&file));
        assert!(
            owners.lines().all(|line| line.contains(" root/root ")),
            "{owners}"
        );
        let version = run(Command::new(tree.join("usr/bin").join(package)).arg("--version"));
        assert!(version.starts_with(package), "{version}");
        man.extend(files(&tree.join("usr/share/man/man1")));
        for script in ["postinst", "prerm", "postrm"] {
            let control = folder.path().join(format!("{package}.control"));
            run(Command::new("dpkg-deb")
                .arg("--control")
                .arg(&file)
                .arg(&control));
            let script = control.join(script);
            if script.exists() {
                run(Command::new("sh").arg("-n").arg(script));
            }
        }
    }
    let compressed: BTreeSet<String> = pages().iter().map(|page| format!("{page}.gz")).collect();
    assert_eq!(man, compressed);
    let server = folder.path().join("space-server");
    // What the package configures is what the units and the program itself look for.
    let unit = std::fs::read_to_string(server.join("usr/lib/systemd/system/space-server.service"));
    let unit = unit.expect("the unit is there");
    assert!(
        unit.contains(
            "ExecStart=/usr/bin/space-server --config /etc/space/space-server.toml serve"
        )
    );
    let configuration = server.join("etc/space/space-server.toml");
    let checked = Command::new(server.join("usr/bin/space-server"))
        .arg("--config")
        .arg(&configuration)
        .args(["config", "show"])
        .output()
        .expect("the program can be run");
    let shown = String::from_utf8_lossy(&checked.stdout);
    assert!(shown.contains("data_dir = \"/var/lib/space\""), "{shown}");
    dpkg_takes_it_in_and_out(&file("space-server"), &folder.path().join("root"));
}

/// Installs a package into a root of its own, and purges it.
fn dpkg_takes_it_in_and_out(package: &Path, root: &Path) {
    let uid = run(Command::new("id").arg("-u"));
    if uid.trim() != "0" {
        skipped("dpkg installs for root alone");
        return;
    }
    std::fs::create_dir_all(root.join("var/lib/dpkg/info")).expect("a folder can be made");
    std::fs::create_dir_all(root.join("var/lib/dpkg/updates")).expect("a folder can be made");
    std::fs::write(root.join("var/lib/dpkg/status"), "").expect("a file can be made");
    let dpkg = || {
        let mut command = Command::new("dpkg");
        command
            .arg(format!("--root={}", root.display()))
            // What it depends on is not in that root, nor is a shell.
            .args([
                "--force-depends",
                "--force-script-chrootless",
                "--log=/dev/null",
            ]);
        command
    };
    run(dpkg().arg("--install").arg(package));
    assert!(root.join("usr/bin/space-server").is_file());
    let configuration = root.join("etc/space/space-server.toml");
    std::fs::write(&configuration, "# edited\n").expect("the file can be written");
    // An upgrade keeps what was edited.
    run(dpkg().arg("--install").arg(package));
    let kept = std::fs::read_to_string(&configuration).expect("the file is there");
    assert_eq!(kept, "# edited\n");
    run(dpkg().arg("--purge").arg("space-server"));
    let left = files(root);
    assert!(
        left.iter().all(|name| name.starts_with("var/lib/dpkg/")),
        "{left:?}"
    );
}

/// An instruction of a container file, with what follows it.
fn instructions(text: &str) -> Vec<(String, String)> {
    let joined = text.replace("\\\n", " ");
    let lines = joined.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (word, rest) = line
                .split_once(' ')
                .expect("an instruction has something to do");
            (word.to_owned(), rest.trim().to_owned())
        })
        .collect()
}

#[test]
fn container_file_names_what_is_there_and_serves() {
    let text = std::fs::read_to_string(example("Containerfile")).expect("the file is there");
    let all = instructions(&text);
    let stages: Vec<usize> = (0..all.len()).filter(|at| all[*at].0 == "FROM").collect();
    let (build, runs) = all.split_at(stages[1]);
    let of = |part: &[(String, String)], word: &str| -> Vec<String> {
        let found = part.iter().filter(|(name, _)| name == word);
        found.map(|(_, rest)| rest.clone()).collect()
    };

    // The first stage: the Rust of the workspace, and everything that cargo needs of the repository.
    let manifest = std::fs::read_to_string(repository().join("Cargo.toml")).expect("it is there");
    let rust = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "));
    let rust = rust.expect("the manifest says which").trim_matches('"');
    assert!(
        build[0].1.contains(&format!("/rust:{rust}-")),
        "{}",
        build[0].1
    );
    let mut copied = BTreeSet::new();
    for copy in of(build, "COPY") {
        let words: Vec<&str> = copy.split_whitespace().collect();
        for source in &words[..words.len() - 1] {
            assert!(repository().join(source).exists(), "{source}");
            copied.insert((*source).to_owned());
        }
    }
    for member in [
        "space-core",
        "space-server",
        "space-tui",
        "space-bridge",
        "tests",
        "Cargo.lock",
    ] {
        assert!(copied.contains(member), "{member}");
    }
    let command = &of(build, "RUN")[0];
    assert_eq!(
        command,
        "cargo build --release --locked -p space-server -p space-bridge"
    );

    // The second: what it copies is what the first has built, and what it starts is what it copied.
    let copy = &of(runs, "COPY")[0];
    assert_eq!(
        copy,
        "--from=build /src/target/release/space-server /src/target/release/space-bridge /usr/bin/"
    );
    assert_eq!(of(runs, "ENTRYPOINT"), ["[\"/usr/bin/space-server\"]"]);
    assert_eq!(of(runs, "CMD"), ["[\"serve\"]"]);
    assert_eq!(of(runs, "USER"), ["space"]);

    // What it sets is enough for the commands in its head: a space is made and served without another option.
    let folder = tempfile::tempdir().expect("a folder can be made");
    let data = folder.path().join("data");
    let variables: Vec<(String, String)> = of(runs, "ENV")
        .iter()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| {
            (
                name.to_owned(),
                value.replace("/data", &data.display().to_string()),
            )
        })
        .collect();
    assert_eq!(variables.len(), 2);
    run(Command::new(binary("space-server"))
        .args(["init", "--name", "Contained"])
        .envs(variables.iter().cloned()));
    assert!(data.join("space.db").is_file());
    let server = Server::build().data_dir(&data).start();
    assert!(server.stop().success());
}
