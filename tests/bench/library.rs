// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A whole forum to read: a saved one, or one made up.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::house::{self, House};
use crate::http::Connection;
use crate::seed::{self, Forum};

/// How many posts a made-up forum has.
const POSTS: usize = 30_000;

/// A space with a whole forum in it.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) house: House,
    /// A member without duties.
    pub(crate) reader: String,
    /// Where it comes from.
    pub(crate) name: String,
    /// How long the import took; `None` when the forum is made up.
    pub(crate) import: Option<Duration>,
    pub(crate) archive: Option<PathBuf>,
}

impl Library {
    /// Imports a saved forum, or makes one up.
    pub(crate) async fn new(archive: Option<&Path>) -> anyhow::Result<Self> {
        let house = House::new(None)?;
        house.member("reader")?;
        let mut import = None;
        let name = if let Some(archive) = archive {
            let begun = Instant::now();
            house.command(&["import", "discourse", &archive.display().to_string()])?;
            import = Some(begun.elapsed());
            "a saved forum".to_owned()
        } else {
            let owner = house.token("owner")?;
            let server = house.serve();
            let mut connection = Connection::open(server.url()).await?;
            let category = house::category(&mut connection, &owner, "open", true).await?;
            server.stop();
            let forum = Forum {
                category,
                is_open: true,
                posts: POSTS,
            };
            seed::fill(&house.file(), forum)?;
            format!("a made-up forum of {POSTS} posts")
        };
        let reader = house.token("reader")?;
        Ok(Self {
            house,
            reader,
            name,
            import,
            archive: archive.map(ToOwned::to_owned),
        })
    }
}
