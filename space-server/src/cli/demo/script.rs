// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! How topics of the bundled community are written down: as Markdown, with a line before each topic and each post.
//!
//! ```text
//! === Where do the lost umbrellas go?
//! language: en
//! tags: lost-and-found umbrellas
//! closed: 2d jonas
//!
//! --- leila 12d
//! The text of the first post.
//!
//! --- yuki 11d >1 ja
//! The text of an answer to post 1, in Japanese.
//!
//! --- edit 1 10d
//! What leila made of post 1 a day later.
//! ```
//!
//! A post says who wrote it, how long ago, which post of the topic it answers, and in which language it is when that is
//! not the topic's.

use space_core::text::{MemberName, PostSource, TopicTitle};
use space_core::{Language, Tags};

use crate::config::Period;

/// A topic as written down.
#[derive(Debug)]
pub(super) struct Topic {
    pub(super) title: TopicTitle,
    pub(super) language: Option<Language>,
    pub(super) tags: Tags,
    /// When a moderator closed it, and who.
    pub(super) closed: Option<(Period, MemberName)>,
    pub(super) posts: Vec<Post>,
}

/// A post as written down.
#[derive(Debug)]
pub(super) struct Post {
    pub(super) by: MemberName,
    /// How long before the demonstration it was written.
    pub(super) ago: Period,
    /// The number of the post in this topic that it answers.
    pub(super) answers: Option<usize>,
    pub(super) language: Option<Language>,
    pub(super) text: PostSource,
    /// What it was made into later.
    pub(super) edits: Vec<(Period, PostSource)>,
}

/// A line that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub(super) struct ScriptError {
    line: usize,
    what: String,
}

/// Reads a file of topics.
pub(super) fn read(text: &str) -> Result<Vec<Topic>, ScriptError> {
    let mut reader = Reader::default();
    for (at, line) in text.lines().enumerate() {
        reader.line = at + 1;
        reader.take(line)?;
    }
    reader.end_post()?;
    reader.end_topic()?;
    Ok(reader.topics)
}

#[derive(Default)]
struct Reader {
    line: usize,
    topics: Vec<Topic>,
    topic: Option<Topic>,
    pending: Option<Pending>,
    text: String,
}

/// What the text that is being read is for.
enum Pending {
    Post {
        by: MemberName,
        ago: Period,
        answers: Option<usize>,
        language: Option<Language>,
    },
    Edit {
        number: usize,
        ago: Period,
    },
}

impl Reader {
    fn wrong(&self, what: impl Into<String>) -> ScriptError {
        ScriptError {
            line: self.line,
            what: what.into(),
        }
    }

    fn read<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        word: &str,
    ) -> Result<T, ScriptError> {
        word.parse()
            .map_err(|error: T::Err| self.wrong(error.to_string()))
    }

    fn take(&mut self, line: &str) -> Result<(), ScriptError> {
        if let Some(title) = line.strip_prefix("=== ") {
            self.end_post()?;
            self.end_topic()?;
            let title = TopicTitle::parse(title).map_err(|error| self.wrong(error.to_string()))?;
            self.topic = Some(Topic {
                title,
                language: None,
                tags: Tags::default(),
                closed: None,
                posts: Vec::new(),
            });
        } else if let Some(head) = line.strip_prefix("--- ") {
            self.end_post()?;
            self.pending = Some(self.head(head)?);
        } else if self.pending.is_some() {
            self.text.push_str(line);
            self.text.push('\n');
        } else {
            self.fact(line)?;
        }
        Ok(())
    }

    /// Reads a line between the title and the first post.
    fn fact(&mut self, line: &str) -> Result<(), ScriptError> {
        if line.trim().is_empty() || (self.topic.is_none() && line.starts_with("<!--")) {
            return Ok(());
        }
        let (key, value) = line.split_once(": ").ok_or_else(|| {
            self.wrong("expected `key: value`, or a post that begins with `--- `")
        })?;
        let language = (key == "language").then(|| self.read(value)).transpose()?;
        let closed = (key == "closed")
            .then(|| {
                let (ago, by) = value
                    .split_once(' ')
                    .ok_or_else(|| self.wrong("expected when and by whom it was closed"))?;
                Ok((self.read(ago)?, self.member(by)?))
            })
            .transpose()?;
        let tags: Option<Tags> = (key == "tags").then(|| self.read(value)).transpose()?;
        if language.is_none() && closed.is_none() && tags.is_none() {
            return Err(self.wrong(format!(
                "a topic has no {key:?}; it may have `language`, `tags` and `closed`"
            )));
        }
        let Some(topic) = &mut self.topic else {
            return Err(self.wrong("no topic begins before this line"));
        };
        topic.language = language.or(topic.language.take());
        topic.closed = closed.or(topic.closed.take());
        if let Some(tags) = tags {
            topic.tags = tags;
        }
        Ok(())
    }

    fn member(&self, name: &str) -> Result<MemberName, ScriptError> {
        MemberName::parse(name).map_err(|error| self.wrong(error.to_string()))
    }

    /// Reads the line before a post or an edit.
    fn head(&self, head: &str) -> Result<Pending, ScriptError> {
        let mut words = head.split_whitespace();
        let mut next = |what: &str| {
            words
                .next()
                .ok_or_else(|| self.wrong(format!("{what} is missing")))
        };
        let first = next("the name of a member")?;
        if first == "edit" {
            let number = self.read(next("the number of a post")?)?;
            let ago = self.read(next("how long ago it was")?)?;
            return Ok(Pending::Edit { number, ago });
        }
        let by = self.member(first)?;
        let ago = self.read(next("how long ago it was")?)?;
        let (mut answers, mut language) = (None, None);
        for word in words {
            match word.strip_prefix('>') {
                Some(number) => answers = Some(self.read(number)?),
                None => language = Some(self.read(word)?),
            }
        }
        Ok(Pending::Post {
            by,
            ago,
            answers,
            language,
        })
    }

    fn end_post(&mut self) -> Result<(), ScriptError> {
        let Some(pending) = self.pending.take() else {
            return Ok(());
        };
        let text = std::mem::take(&mut self.text);
        let text = PostSource::parse(text.trim())
            .map_err(|error| self.wrong(format!("before: {error}")))?;
        let line = self.line;
        let wrong = |what: String| ScriptError { line, what };
        let Some(topic) = &mut self.topic else {
            return Err(wrong("a post before the first topic".to_owned()));
        };
        match pending {
            Pending::Post {
                by,
                ago,
                answers,
                language,
            } => {
                if answers.is_some_and(|number| number == 0 || number > topic.posts.len()) {
                    return Err(wrong(
                        "before: it answers a post that is not there".to_owned(),
                    ));
                }
                if topic.posts.last().is_some_and(|last| last.ago < ago) {
                    return Err(wrong(
                        "before: it is older than the post above it".to_owned(),
                    ));
                }
                topic.posts.push(Post {
                    by,
                    ago,
                    answers,
                    language,
                    text,
                    edits: Vec::new(),
                });
            }
            Pending::Edit { number, ago } => {
                let post = number
                    .checked_sub(1)
                    .and_then(|at| topic.posts.get_mut(at))
                    .ok_or_else(|| wrong(format!("before: there is no post {number} to edit")))?;
                if post.ago <= ago {
                    return Err(wrong(
                        "before: it is edited before it is written".to_owned(),
                    ));
                }
                post.edits.push((ago, text));
            }
        }
        Ok(())
    }

    fn end_topic(&mut self) -> Result<(), ScriptError> {
        if let Some(topic) = self.topic.take() {
            if topic.posts.is_empty() {
                return Err(self.wrong(format!("before: {:?} has no posts", topic.title.as_str())));
            }
            self.topics.push(topic);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn topics_posts_and_edits_are_read() {
        let topics = read(
            "<!-- about this file -->\n\n=== One\nlanguage: de\ntags: wiki Bücher\nclosed: 1d jonas\n\n--- leila 3d\nFirst.\n\n---\n\nStill first.\n\n\
             --- yuki 2d >1 ja\nSecond.\n--- edit 1 40h\nBetter.\n\n=== Two\n--- yuki 5m\nText.\n",
        )
        .unwrap();
        assert_eq!(topics.len(), 2);
        let one = &topics[0];
        assert_eq!(one.language.as_ref().unwrap().as_str(), "de");
        assert_eq!(one.tags.joined(), "bücher wiki");
        assert_eq!(one.closed.as_ref().unwrap().1.as_str(), "jonas");
        assert_eq!(one.posts[0].text.as_str(), "First.\n\n---\n\nStill first.");
        assert_eq!(one.posts[0].edits[0].1.as_str(), "Better.");
        assert_eq!(one.posts[1].answers, Some(1));
        assert_eq!(one.posts[1].language.as_ref().unwrap().as_str(), "ja");
    }

    #[rstest]
    #[case(
        "text",
        "line 1: expected `key: value`, or a post that begins with `--- `"
    )]
    #[case(
        "=== AAA\ncolour: red",
        "line 2: a topic has no \"colour\"; it may have `language`, `tags` and `closed`"
    )]
    #[case("=== AAA\n=== BBB", "line 2: before: \"AAA\" has no posts")]
    #[case("--- leila 1d\nx", "line 2: a post before the first topic")]
    #[case("=== AAA\n--- leila", "line 2: how long ago it was is missing")]
    #[case(
        "=== AAA\n--- leila 1d >2\nx",
        "line 3: before: it answers a post that is not there"
    )]
    #[case(
        "=== AAA\n--- leila 1d\nx\n--- yuki 2d\ny",
        "line 5: before: it is older than the post above it"
    )]
    #[case(
        "=== AAA\n--- leila 1d\nx\n--- edit 2 1h\ny",
        "line 5: before: there is no post 2 to edit"
    )]
    #[case(
        "=== AAA\n--- leila 1d\nx\n--- edit 1 2d\ny",
        "line 5: before: it is edited before it is written"
    )]
    fn what_is_wrong_is_said_with_its_line(#[case] text: &str, #[case] said: &str) {
        assert_eq!(read(text).unwrap_err().to_string(), said);
    }
}
