// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Where backups go, and how old they may get.

use std::path::PathBuf;

use super::section::section;
use super::units::Period;

section! {
    /// Where backups go, and how old they may get.
    pub struct Backup {
        /// The folder into which `space-server backup` writes when it is not told where; another disk is better than this one.
        /// Backups are made by whatever calls it, such as a timer: see config-examples/systemd.
        dir: Option<PathBuf> = None, like "\"/var/backups/space\"";
        /// How old the newest backup in that folder may be before `space-server doctor` says that something is wrong.
        max_age: Period = Period::seconds(26 * 60 * 60);
    }
}
