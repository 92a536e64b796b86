// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Asking the server for people of other networks. What they may do, the server decides.

use std::cmp::Reverse;

use space_core::client::api::{PostsRequest, TopicsRequest};
use space_core::client::{Api, ApiError, IdempotencyKey};
use space_core::protocol::{AcceptCode, CreateReport, MeetVisitor, ProblemCode, Reply};
use space_core::text::{Comment, DisplayName, NetworkName, RemoteId};
use space_core::{CategoryId, Post, TopicId, Visitor};

use crate::relay::{Answer, Job, Task, Who};

/// Asks the server what a job wants.
pub(super) async fn ask(api: &Api, job: &Job) -> Answer {
    match try_to_ask(api, job).await {
        Ok(answer) => answer,
        Err(error) => answer_of(&error),
    }
}

async fn try_to_ask(api: &Api, job: &Job) -> Result<Answer, ApiError> {
    let visitor = match introduced(&job.who) {
        Ok(meet) => api.meet_visitor(&meet, &key(job, "meet")).await?,
        Err(why) => {
            return Ok(Answer::Refused {
                why,
                hint: Some("write under another name".to_owned()),
            });
        }
    };
    let id = visitor.member.id;
    match &job.task {
        Task::Reply {
            post,
            text,
            written_at,
            ..
        } => {
            if !visitor.has_accepted() {
                return Ok(must_agree(&visitor));
            }
            let answered = api.post(*post).await?;
            let reply = Reply {
                reply_to: Some(answered.id),
                source: text.clone(),
                language: None,
                written_at: *written_at,
            };
            let posted = api
                .acting_for(id)
                .reply(answered.topic, &reply, &key(job, "reply"))
                .await;
            match posted {
                Ok(post) => Ok(Answer::Posted {
                    visitor: id,
                    post: post.id,
                }),
                // Another version came into force in between.
                Err(error) if denial(&error) == Some("code_not_accepted") => {
                    Ok(must_agree(&visitor))
                }
                Err(error) => Err(error),
            }
        }
        Task::Agree { version } => {
            let accept = AcceptCode {
                version: version.unwrap_or(visitor.code),
                language: None,
            };
            match api.accept_code_for(id, &accept, &key(job, "agree")).await {
                Ok(_) => Ok(Answer::Agreed { visitor: id }),
                // What they agreed to is not in force any more: they are asked about what is.
                Err(error) if error.code() == Some(ProblemCode::Conflict) => {
                    Ok(must_agree(&visitor))
                }
                Err(error) => Err(error),
            }
        }
        Task::Report {
            post,
            reason,
            comment,
        } => {
            let (Ok(reason), Ok(comment)) = (
                reason.parse(),
                comment.as_deref().map(Comment::parse).transpose(),
            ) else {
                return Ok(Answer::Refused {
                    why: "what you say about it is too long".to_owned(),
                    hint: Some("say it in fewer words".to_owned()),
                });
            };
            let report = CreateReport {
                reason,
                comment,
                written_at: Some(job.created_at),
            };
            api.acting_for(id)
                .report(*post, &report, &key(job, "report"))
                .await?;
            Ok(Answer::Reported)
        }
    }
}

fn must_agree(visitor: &Visitor) -> Answer {
    Answer::MustAgree {
        visitor: visitor.member.id,
        version: visitor.code,
    }
}

fn introduced(who: &Who) -> Result<MeetVisitor, String> {
    let network = format!("irc.{}", who.network);
    Ok(MeetVisitor {
        network: NetworkName::parse(&network).map_err(|error| error.to_string())?,
        remote: RemoteId::parse(&who.remote).map_err(|error| error.to_string())?,
        name: DisplayName::parse(&who.nick).map_err(|error| error.to_string())?,
    })
}

/// The same job gives the same keys, however often it is asked.
fn key(job: &Job, part: &str) -> IdempotencyKey {
    IdempotencyKey::new(format!("{}-{part}", job.key)).expect("keys of jobs are short and plain")
}

fn denial(error: &ApiError) -> Option<&str> {
    match error {
        ApiError::Problem { problem, .. } => problem.denial.as_deref(),
        _ => None,
    }
}

/// Says what an error means for the person who waits for an answer.
fn answer_of(error: &ApiError) -> Answer {
    if error.is_retryable() {
        return Answer::Later {
            is_away: error.code() != Some(ProblemCode::TooMany),
            after: error.retry_after(),
        };
    }
    match error {
        ApiError::Problem { problem, .. } if problem.code == ProblemCode::NotFound => {
            Answer::Refused {
                why: "there is no post of that number that you could read".to_owned(),
                hint: Some("the number stands before each post, as in #48213".to_owned()),
            }
        }
        // The bridge's own rights are not the person's business; whoever runs it finds them in the log.
        ApiError::Problem { problem, .. }
            if matches!(problem.code, ProblemCode::SignedOut)
                || matches!(
                    problem.denial.as_deref(),
                    Some("token_too_narrow" | "not_bridge" | "not_visitor" | "other_network")
                ) =>
        {
            tracing::error!(
                "the server does not let the bridge act for people in rooms: {}",
                problem.title
            );
            Answer::Refused {
                why: "this bridge may not bring messages to the server just now".to_owned(),
                hint: Some("tell whoever runs it".to_owned()),
            }
        }
        ApiError::Problem { problem, .. } => Answer::Refused {
            why: problem.title.clone(),
            hint: problem.hint.clone(),
        },
        error => {
            tracing::error!("asking the server failed: {error}");
            Answer::Refused {
                why: "the server did not answer in a way that I understand".to_owned(),
                hint: None,
            }
        }
    }
}

/// How many posts are looked at in one go; servers give so many.
const POSTS: i64 = 50;

/// Returns the number of the newest post of a category; 0 when there is none.
///
/// The latest activity may have been a post that is gone, and then says nothing of where the newest one is: topics are looked
/// at, the latest first, down to one whose last post is there.
pub(super) async fn newest_post(api: &Api, category: CategoryId) -> Result<i64, ApiError> {
    let mut newest = 0;
    let mut request = TopicsRequest {
        category: Some(category),
        ..TopicsRequest::default()
    };
    loop {
        let mut page = api.topics(&request).await?;
        page.topics
            .sort_by_key(|line| Reverse(line.tally.last_post_at));
        for line in &page.topics {
            let last = line.tally.last_number;
            let Some(post) = last_post(api, line.topic.id, last).await? else {
                continue;
            };
            newest = newest.max(post.id.get());
            if post.number >= last {
                return Ok(newest);
            }
        }
        if page.next.is_none() {
            return Ok(newest);
        }
        request.before = page.next;
    }
}

/// Returns the last post of a topic that is still there, at or before a number.
async fn last_post(api: &Api, topic: TopicId, number: i64) -> Result<Option<Post>, ApiError> {
    let mut until = number;
    while until > 0 {
        let from = (until - POSTS + 1).max(1);
        let request = PostsRequest {
            from: Some(from),
            limit: u32::try_from(POSTS).ok(),
        };
        let page = api.posts_of(topic, &request).await?;
        let last = page.posts.into_iter().max_by_key(|post| post.number);
        if last.is_some() {
            return Ok(last);
        }
        until = from - 1;
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
