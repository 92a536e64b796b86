// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What an import has to tell: what was lost, what was changed, and what the source itself lacks.

use std::fmt::Display;

use serde::Serialize;

/// What a finding is about, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The archive is cut or damaged.
    Archive,
    /// A document that could not be used at all.
    Document,
    /// A topic, or a part of a list, that the forum did not give as it should.
    NotFetched,
    /// A post that could not be used.
    Post,
    /// A value that could not be used as it stands.
    Value,
    /// Posts that a topic names, but that were not saved.
    NotSaved,
    /// Words and links of a post that did not arrive with it.
    Lost,
    /// A change in the archive that was not taken, because of what is here.
    Conflict,
    /// A category that was edited here, and says something else than the archive.
    EditedHere,
    /// What was here, and was withdrawn because the forum took it back.
    TakenBack,
    /// What the forum took back, and stays here because of what was decided here.
    Kept,
    /// What an older archive says of things of which a newer one was imported.
    Older,
    /// Topics that were imported before, and of which the archive says nothing.
    Absent,
    /// What was removed from the forum while it was fetched.
    Vanished,
    /// What the forum does not show to whoever fetched it.
    Forbidden,
    /// Numbers of a topic that no post has.
    Gap,
    /// A reply to a post that is not there.
    DanglingReply,
    /// A post whose text is not known because it was hidden.
    Hidden,
    /// A post that its author took back, or that was removed.
    Withdrawn,
    /// A post that only staff may read.
    Whisper,
    /// A private topic.
    Private,
    /// A topic that was removed.
    Removed,
    /// Topics that were put together of posts that stand alone.
    Assembled,
    /// Addresses on the old forum that could not be completed.
    Relative,
    /// Emoji codes that have no character.
    Emoji,
    /// Characters that no text can hold.
    Cleaned,
    /// A document or post that is there more than once.
    Repeated,
    /// A post that has another number than it had.
    Renumbered,
    /// A title that did not fit.
    Title,
    /// A tag that cannot be one here.
    Tag,
    /// A topic with more than one accepted answer.
    Answers,
    /// A member who has another name than they had.
    Renamed,
    /// A member who had duties; none is given here.
    Staff,
    /// A member who was suspended; the suspension is not carried over.
    Suspended,
    /// A category of which the archive does not say who may read it.
    Unlisted,
    /// A category whose name or place did not fit.
    Category,
    /// A document that is not part of a forum.
    Other,
}

impl FindingKind {
    /// Returns whether something that the source has did not arrive.
    pub fn is_loss(self) -> bool {
        self <= Self::Conflict
    }

    /// Returns the line that stands above the findings of this kind.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Archive => "the archive is damaged",
            Self::Document => "documents that were skipped",
            Self::NotFetched => "topics and lists that could not be fetched",
            Self::Post => "posts that were skipped",
            Self::Value => "values that could not be used as they stand",
            Self::NotSaved => "posts that topics name, but that the archive lacks",
            Self::Lost => "posts of which words or links did not arrive",
            Self::Conflict => "changes in the archive that were not taken",
            Self::EditedHere => "categories that were edited here (left as they are)",
            Self::TakenBack => "what the forum took back (withdrawn here, too)",
            Self::Kept => "what the forum took back, and stays here by a decision made here",
            Self::Older => "what this archive says and a newer one contradicts (left as it is)",
            Self::Absent => {
                "topics of earlier imports that the archive does not mention (left as they are)"
            }
            Self::Vanished => "topics and posts that were removed while the forum was fetched",
            Self::Forbidden => "topics and lists that the forum does not show (left out)",
            Self::Gap => "topics with missing numbers (kept as gaps)",
            Self::DanglingReply => {
                "replies to posts that are not there (kept, without the reference)"
            }
            Self::Hidden => "hidden posts (kept as hidden, their text is not in the archive)",
            Self::Withdrawn => "posts that were taken back or removed (left out, kept as gaps)",
            Self::Whisper => "posts for staff alone (left out)",
            Self::Private => "private topics (left out)",
            Self::Removed => "removed topics (left out)",
            Self::Assembled => {
                "topics put together of single posts (without what only topics tell)"
            }
            Self::Relative => {
                "posts with addresses of the old forum that lead nowhere (give its --address)"
            }
            Self::Emoji => "emoji codes that have no character (left as they are)",
            Self::Cleaned => "texts with characters that no text can hold (left out)",
            Self::Repeated => {
                "documents and posts that are there more than once (the newest was used)"
            }
            Self::Renumbered => "posts that have another number than they had",
            Self::Title => "titles that were changed to fit",
            Self::Tag => "tags that cannot be tags here (left out)",
            Self::Answers => "topics with more than one accepted answer (one was used)",
            Self::Renamed => "members who have another name here",
            Self::Staff => "members who had duties (no duty is given by an import)",
            Self::Suspended => "members who were suspended (nothing is imposed by an import)",
            Self::Unlisted => {
                "categories that the archive's lists do not name (for staff alone, until you open them)"
            }
            Self::Category => "categories that were changed to fit",
            Self::Other => "documents that are not topics (left out)",
        }
    }
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Where: a document, topic, post or member.
    pub place: String,
    /// What, in a few words.
    pub what: String,
    /// How many things it is about.
    pub count: u64,
}

/// Everything there is to tell, in the order in which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    pub(crate) fn add(&mut self, kind: FindingKind, place: impl Display, what: impl Display) {
        self.add_many(kind, place, what, 1);
    }

    /// Adds one about several things.
    pub(crate) fn add_many(
        &mut self,
        kind: FindingKind,
        place: impl Display,
        what: impl Display,
        count: u64,
    ) {
        self.0.push(Finding {
            kind,
            place: place.to_string(),
            what: what.to_string(),
            count,
        });
    }

    /// Adds those of another list.
    pub(crate) fn append(&mut self, mut more: Self) {
        self.0.append(&mut more.0);
    }

    /// Returns them grouped by kind, within a kind in the order in which they were found.
    pub(crate) fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.kind);
        self.0
    }

    /// Returns whether something that the source has did not arrive.
    pub(crate) fn has_loss(&self) -> bool {
        self.0.iter().any(|finding| finding.kind.is_loss())
    }

    /// Returns whether there is one of a kind.
    pub(crate) fn has(&self, kind: FindingKind) -> bool {
        self.0.iter().any(|finding| finding.kind == kind)
    }

    /// Returns how many there are of a kind.
    #[cfg(test)]
    pub(crate) fn count(&self, kind: FindingKind) -> usize {
        self.0.iter().filter(|finding| finding.kind == kind).count()
    }

    /// Returns those of a kind, `place: what`.
    #[cfg(test)]
    pub(crate) fn lines(&self, kind: FindingKind) -> Vec<String> {
        self.0
            .iter()
            .filter(|f| f.kind == kind)
            .map(|f| format!("{}: {}", f.place, f.what))
            .collect()
    }
}
