// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! The audit log.

use super::*;
use crate::audit::{Act, AuditEntry};
use crate::store::Engine;
use crate::writer::commands::tries::RecordTries;
use space_core::text::MemberName;

fn named(name: &str) -> MemberName {
    MemberName::parse(name).unwrap()
}

async fn log(house: &House) -> Vec<AuditEntry> {
    house.operator.audit(0).await.unwrap()
}

/// Returns the newest entry of an event.
async fn newest(house: &House, event: &str) -> AuditEntry {
    let mut log = log(house).await;
    log.retain(|entry| entry.event == event);
    log.pop().unwrap_or_else(|| panic!("no {event}"))
}

/// Runs a statement on the database as somebody who got hold of it.
pub(super) async fn tamper(house: &House, sql: &'static str) -> bool {
    match house.app.store.engine() {
        Engine::Sqlite(sqlite) => sqlite.writer().unwrap().execute_batch(sql).is_ok(),
        Engine::Postgres(postgres) => {
            let client = postgres.client().await.unwrap();
            client.batch_execute(sql).await.is_ok()
        }
    }
}

on_both_engines! {
    async fn acts_of_staff_are_written_down(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (topic, _) = house.topic("charlie", news, "Hello").await;
        let post = house.reply("charlie", topic, "words").await;
        let hide = json!({"clause": "1.2", "note": "see the case"});
        house.tell("bob", &format!("POST /v1/posts/{post}/hide"), hide).await.ok();
        house.tell("bob", &format!("POST /v1/posts/{post}/restore"), Value::Null).await.ok();
        // What was hidden, by whom and why outlives the restoring.
        let restored = newest(house, "post.restored").await;
        assert_eq!(restored.actor, format!("member:{}", house.id("bob")));
        assert_eq!(restored.subject, Some(format!("post:{post}")));
        let detail: Value = serde_json::from_str(&restored.detail).unwrap();
        assert_eq!((&detail["clause"], &detail["note"]), (&json!("1.2"), &json!("see the case")));
        assert_eq!(detail["hidden_by"], house.id("bob"));
        assert_eq!(restored.address(), Some("127.0.0.1"));

        // An author edits their own words, and nobody writes that down; a moderator edits them.
        house.tell("charlie", &format!("PUT /v1/posts/{post}"), json!({"revision": 3, "source": "other"})).await.ok();
        assert!(log(house).await.iter().all(|entry| entry.event != "post.edited"));
        house.tell("bob", &format!("PUT /v1/posts/{post}"), json!({"revision": 4, "source": "others'"})).await.ok();
        let edited = newest(house, "post.edited").await;
        assert_eq!(edited.actor, format!("member:{}", house.id("bob")));
        assert!(!edited.detail.contains("other"), "texts are not in the log: {}", edited.detail);
        house.ask("bob", &format!("DELETE /v1/posts/{post}"), None, None).await.ok();
        newest(house, "post.deleted").await;

        house.operator.set_role(&named("dora"), space_core::Role::Moderator, true).await.unwrap();
        assert_eq!(newest(house, "role.given").await.actor, "operator");
        house.operator.block(&named("mallory"), Some("spam".to_owned().try_into().unwrap()), false).await.unwrap();
        assert!(newest(house, "member.blocked").await.detail.contains("\"reason\":\"spam\""));
        assert!(house.operator.verify_audit(None).await.unwrap().is_ok());
    }

    /// A report is told in confidence: it is in no log either.
    async fn report_is_in_no_audit_log(house: &House) {
        let news = house.category("news", &["everyone read", "members start"]).await;
        let (_, post) = house.topic("charlie", news, "Hello").await;
        let before = log(house).await.len();
        house.tell("dora", &format!("POST /v1/posts/{post}/report"), json!({"reason": "spam"})).await.ok();
        assert_eq!(log(house).await.len(), before);
    }

    async fn log_ins_are_written_down_without_secrets(house: &House) {
        let password = "correct horse battery";
        house.operator.set_password(&named("charlie"), password.to_owned()).await.unwrap();
        let ask = |name: &str, password: &str| {
            house.tell("nobody", "POST /v1/login", json!({"name": name, "password": password, "label": "test"}))
        };
        let token = ask("charlie", password).await.ok()["token"].as_str().unwrap().to_owned();
        for _ in 0..3 {
            ask("charlie", "wrong password").await.code();
        }
        ask("hunter22", "wrong password").await.code();
        let tries = house.app.logins.failed.take();
        house.app.writer.submit(RecordTries { tries, chance: 7 }).await.unwrap();
        let log = log(house).await;
        let done = log.iter().find(|entry| entry.event == "login.done").unwrap();
        assert_eq!(done.address(), Some("127.0.0.1"));
        let failed: Vec<&AuditEntry> = log.iter().filter(|entry| entry.event == "login.failed").collect();
        let of_charlie = failed.iter().find(|entry| entry.subject.is_some()).unwrap();
        assert_eq!(of_charlie.detail, "{\"times\":3}");
        // People type passwords where their names belong.
        let all = format!("{log:?}");
        for secret in [password, "wrong password", "hunter22", &token] {
            assert!(!all.contains(secret), "{secret}");
        }
        // After a while nobody knows from where, and the chain still holds.
        house.clock.pass(Duration::from_hours(91 * 24));
        house.app.writer.submit(Tidy).await.unwrap();
        assert!(self::log(house).await.iter().all(|entry| entry.source.is_none()));
        assert!(house.operator.verify_audit(None).await.unwrap().is_ok());
    }

    async fn audit_log_is_only_added_to(house: &House) {
        let known = house.operator.verify_audit(None).await.unwrap().unwrap();
        assert!(known.is_some());
        assert!(!tamper(house, "update audit set actor = 'nobody' where number = 1").await);
        assert!(!tamper(house, "delete from audit where number = 1").await);
        assert!(house.operator.verify_audit(known.clone()).await.unwrap().is_ok());
        // Whoever takes the guard away can change it, and is found out.
        let guard = match house.app.store.engine() {
            Engine::Sqlite(_) => "drop trigger audit_keeps_entries",
            Engine::Postgres(_) => "drop trigger audit_keeps_entries on audit",
        };
        assert!(tamper(house, guard).await);
        assert!(tamper(house, "update audit set actor = 'nobody' where number = 2").await);
        let found = house.operator.verify_audit(known).await.unwrap();
        assert_eq!(found, Err(crate::audit::ChainError::Changed { number: 2 }));
    }

    async fn refused_command_leaves_no_entry(house: &House) {
        let before = log(house).await.len();
        house.tell("charlie", "POST /v1/tokens", json!({"label": "x", "capabilities": "relay:write"})).await.code();
        assert!(house.operator.block(&named("alice"), None, false).await.is_err());
        assert_eq!(log(house).await.len(), before);
        assert_eq!(Act::TokenMade.word(), "token.made");
    }
}
