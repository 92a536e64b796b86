// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::path::{Path, PathBuf};

use space_server::config::Sources;

/// Every bad sample gives an error that names the file, the key and what was probably meant. The folder in which
/// the sample stands is left out of the snapshot.
#[test]
fn every_bad_sample_says_what_is_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config/invalid");
    let mut samples: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .collect();
    samples.sort();
    assert!(!samples.is_empty());
    for path in samples {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let sources = Sources {
            file: Some(path),
            ..Sources::default()
        };
        let error = sources.load().expect_err(&name);
        let text = format!("{:#}", anyhow::Error::from(error));
        let text = text.replace(&format!("{}/", folder.display()), "");
        insta::with_settings!({
            snapshot_path => "invalid",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, text);
        });
    }
}
