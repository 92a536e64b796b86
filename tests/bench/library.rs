// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A whole forum to read: a saved one, or one made up.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::house::{self, House};
use crate::http::Connection;
use crate::seed::{self, Forum};
use crate::texts::Writer;

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
    common: String,
}

impl Library {
    /// Imports a saved forum, or makes one up.
    pub(crate) async fn new(archive: Option<&Path>) -> anyhow::Result<Self> {
        let Some(archive) = archive else {
            return Self::made_up(POSTS).await;
        };
        let house = House::new(None)?;
        house.member("reader")?;
        let begun = Instant::now();
        house.command(&["import", "discourse", &archive.display().to_string()])?;
        let import = begun.elapsed();
        Ok(Self {
            reader: house.token("reader")?,
            house,
            name: "a saved forum".to_owned(),
            import: Some(import),
            common: "the".to_owned(),
            archive: Some(archive.to_owned()),
        })
    }

    /// Makes up a forum of so many posts.
    pub(crate) async fn made_up(posts: usize) -> anyhow::Result<Self> {
        let house = House::new(None)?;
        house.member("reader")?;
        let owner = house.token("owner")?;
        let server = house.serve();
        let mut connection = Connection::open(server.url()).await?;
        let category = house::category(&mut connection, &owner, "open", true).await?;
        server.stop();
        let forum = Forum {
            category,
            is_open: true,
            posts,
        };
        seed::fill(&house.file(), forum)?;
        Ok(Self {
            reader: house.token("reader")?,
            house,
            name: format!("a made-up forum of {posts} posts"),
            import: None,
            archive: None,
            common: Writer::new().common_word().to_owned(),
        })
    }

    /// Returns a word that many posts have.
    pub(crate) fn common_word(&self) -> &str {
        &self.common
    }
}
