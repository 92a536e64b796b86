// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The configuration of the server that is installed on this machine.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::config::{DATA_DIR_VARIABLE, ENVIRONMENT_PREFIX};

/// Where packages and `config-examples/systemd` put it.
const FILE: &str = "/etc/space/space-server.toml";

/// Returns the configuration file to read when the command line names neither a file nor a data folder; `None` when the
/// environment names a folder, and where there is no such file.
pub(super) fn file(
    environment: &[(OsString, OsString)],
    exists: impl Fn(&Path) -> bool,
) -> Option<PathBuf> {
    let key = format!("{ENVIRONMENT_PREFIX}DATA_DIR");
    let names_folder = environment
        .iter()
        .any(|(name, value)| (name == DATA_DIR_VARIABLE || *name == *key) && !value.is_empty());
    let file = Path::new(FILE);
    (!names_folder && exists(file)).then(|| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::installed(&[], true, true)]
    #[case::not_installed(&[], false, false)]
    #[case::another_folder(&[("SPACE_SERVER_DATA_DIR", "/srv/space")], true, false)]
    #[case::another_folder_by_its_key(&[("SPACE_SERVER__DATA_DIR", "/srv/space")], true, false)]
    #[case::empty(&[("SPACE_SERVER_DATA_DIR", "")], true, true)]
    #[case::something_else(&[("SPACE_SERVER__HTTP__BIND", "[::1]:1")], true, true)]
    fn the_installed_server_is_found(
        #[case] environment: &[(&str, &str)],
        #[case] exists: bool,
        #[case] want: bool,
    ) {
        let environment: Vec<(OsString, OsString)> = environment
            .iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        assert_eq!(file(&environment, |_| exists).is_some(), want);
    }
}
