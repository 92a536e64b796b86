// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Categories that are edited.

use space_core::protocol::Body;
use space_core::text::{About, Label, Slug};

use crate::operator::{CategoryEdit, OperatorError};
use crate::testing::{House, Mirror, on_both_engines};

/// The names of the categories that somebody reads in the feed.
fn names(mirror: &Mirror) -> Vec<String> {
    let name = |body: &Body| match body {
        Body::Category(category) => Some(category.name.to_string()),
        _ => None,
    };
    mirror
        .held()
        .values()
        .filter_map(|(_, body)| name(body))
        .collect()
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}

on_both_engines! {
    async fn category_edit_reaches_every_copy_that_may_read_it(house: &House) {
        house.category("news", &["everyone read", "members start"]).await;
        house.category("desk", &["staff start"]).await;
        let mut nobody = Mirror::fresh(house, "nobody").await;
        let mut bob = Mirror::fresh(house, "bob").await;
        for (category, name) in [("news", "Tidings"), ("desk", "Back room")] {
            let edit = CategoryEdit {
                name: Some(Label::parse(name).unwrap()),
                about: Some(About::parse("Edited.").unwrap()),
                colour: Some(Some("#aa0000".parse().unwrap())),
                position: Some(9),
                ..CategoryEdit::default()
            };
            let edited = house.operator.edit_category(&slug(category), edit.clone()).await.unwrap();
            assert_eq!((edited.name.as_str(), edited.revision), (name, 2));
            // Again, it changes nothing.
            let again = house.operator.edit_category(&slug(category), edit).await.unwrap();
            assert_eq!(again.revision, 2);
        }
        nobody.catch_up(house, "nobody").await;
        bob.catch_up(house, "bob").await;
        assert_eq!(nobody.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(bob.held(), Mirror::fresh(house, "bob").await.held());
        assert!(names(&nobody).contains(&"Tidings".to_owned()));
        assert!(!names(&nobody).contains(&"Back room".to_owned()));
        assert!(names(&bob).contains(&"Back room".to_owned()));
        let log = house.operator.audit(0).await.unwrap();
        let edits = log.iter().filter(|entry| entry.event == "category.edited").count();
        assert_eq!(edits, 2);
    }

    async fn category_edit_takes_no_name_of_another(house: &House) {
        house.category("news", &["everyone read"]).await;
        house.category("desk", &["staff start"]).await;
        let to = |text: &str| CategoryEdit {
            slug: Some(slug(text)),
            ..CategoryEdit::default()
        };
        let refused = house.operator.edit_category(&slug("news"), to("desk")).await;
        assert!(matches!(refused, Err(OperatorError::Refused(_))), "{refused:?}");
        let missing = house.operator.edit_category(&slug("nowhere"), to("here")).await;
        assert!(matches!(missing, Err(OperatorError::NoCategory { .. })), "{missing:?}");
        let renamed = house.operator.edit_category(&slug("news"), to("tidings")).await.unwrap();
        assert_eq!(renamed.slug, slug("tidings"));
    }
}
