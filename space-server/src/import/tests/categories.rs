// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What categories are called here, by the first import and by later ones.

use serde_json::{Value, json};
use space_core::Category;
use space_core::text::{Label, Slug};

use super::forum::{but, post, topic};
use super::into_a_space::{Saved, counts, posts, told};
use crate::import::{CategoryNames, FindingKind, Import, Progress, Report, Written, run};
use crate::operator::CategoryEdit;
use crate::store::Engine;
use crate::testing::{House, Mirror, on_both_engines};

/// One topic in each of two categories.
fn topics() -> Vec<Value> {
    vec![
        topic(1, &[post(10, 1, "ann", "2020-01-01")]),
        but(
            topic(2, &[post(20, 1, "bo", "2020-01-02")]),
            json!({"category_id": 11}),
        ),
    ]
}

fn with(list: Value) -> Vec<Value> {
    let mut documents = topics();
    documents.push(list);
    documents
}

async fn named(house: &House, saved: &Saved, names: &[(i64, &str)]) -> Report {
    let names: CategoryNames = names
        .iter()
        .map(|(id, name)| (Some(*id), Label::parse(name).unwrap()))
        .collect();
    let import = Import {
        category_names: names,
        ..super::import_of(saved.path())
    };
    run(&house.operator, &import, &Progress::hidden())
        .await
        .unwrap()
}

/// The categories that an import brought, in the order in which they are shown.
async fn categories(house: &House) -> Vec<Category> {
    let all = house.operator.categories().await.unwrap();
    all.into_iter().map(|(category, _)| category).collect()
}

async fn names(house: &House) -> Vec<String> {
    let all = categories(house).await;
    all.iter()
        .map(|category| category.name.to_string())
        .collect()
}

async fn edit(house: &House, slug: &str, edit: CategoryEdit) {
    let slug = Slug::parse(slug).unwrap();
    house.operator.edit_category(&slug, edit).await.unwrap();
}

fn name(name: &str) -> CategoryEdit {
    CategoryEdit {
        name: Some(Label::parse(name).unwrap()),
        ..CategoryEdit::default()
    }
}

/// Leaves of the origins what an earlier version noted.
async fn forget(house: &House) {
    let sql = "update origin set digest = '1 open' where kind = 'category'";
    match house.app.store.engine() {
        Engine::Sqlite(sqlite) => sqlite.writer().unwrap().execute_batch(sql).unwrap(),
        Engine::Postgres(postgres) => {
            let client = postgres.client().await.unwrap();
            client.batch_execute(sql).await.unwrap();
        }
    }
}

const SITE: &str = r#"{"categories": [
    {"id": 11, "name": "Help :wave:", "slug": "help", "color": "AA0000", "description_text": "Ask.", "position": 0},
    {"id": 10, "name": "Talk", "slug": "talk", "color": "0088CC", "position": 4, "parent_category_id": 11}
]}"#;

fn site() -> Value {
    serde_json::from_str(SITE).unwrap()
}

on_both_engines! {
    async fn the_lists_of_the_forum_name_categories(house: &House) {
        Saved::new(&with(site())).import(house).await;
        let all = categories(house).await;
        let shown: Vec<_> = all
            .iter()
            .map(|c| (c.name.as_str(), c.slug.as_str(), c.position, c.about.as_str()))
            .collect();
        assert_eq!(shown, [("Help 👋", "help", 1, "Ask."), ("Talk", "talk", 5, "")]);
        assert_eq!(all[0].colour.unwrap().to_string(), "#aa0000");
        assert_eq!(all[1].parent, Some(all[0].id));
    }

    async fn a_list_that_comes_later_names_what_an_import_made_up(house: &House) {
        Saved::new(&topics()).import(house).await;
        assert_eq!(names(house).await, ["Category 10", "Category 11"]);
        let mut mirror = Mirror::fresh(house, "nobody").await;
        let later = Saved::new(&with(site()));
        let report = later.import(house).await;
        assert_eq!(report.written, Some(Written { changed: counts(0, 0, 0, 2), ..Written::default() }));
        assert!(report.to_string().contains("changed: 0 topics, 0 posts, 0 members, 2 categories"), "{report}");
        let all = categories(house).await;
        // Rooms and addresses use the short name.
        let shown: Vec<_> = all.iter().map(|c| (c.name.as_str(), c.slug.as_str())).collect();
        assert_eq!(shown, [("Help 👋", "category-11"), ("Talk", "category-10")]);
        assert_eq!(all[1].parent, Some(all[0].id));
        mirror.catch_up(house, "nobody").await;
        assert_eq!(mirror.held(), Mirror::fresh(house, "nobody").await.held());
        assert_eq!(later.import(house).await.written, Some(Written::default()));
        // What says nothing of them takes nothing back.
        assert_eq!(Saved::new(&topics()).import(house).await.written, Some(Written::default()));
        assert_eq!(names(house).await, ["Help 👋", "Talk"]);
    }

    async fn what_was_edited_here_stands_and_is_named(house: &House) {
        let saved = Saved::new(&with(site()));
        saved.import(house).await;
        edit(house, "talk", name("The hall")).await;
        let stays = ["category 10: is called The hall here, not Talk"];
        for _ in 0..2 {
            let report = saved.import(house).await;
            assert_eq!(report.written, Some(Written::default()));
            assert_eq!((told(&report, FindingKind::EditedHere), report.is_complete), (stays.map(str::to_owned).to_vec(), true));
        }
        // Another field of the same category still follows the forum.
        let mut list = site();
        list["categories"][1]["color"] = json!("123456");
        list["categories"][1]["name"] = json!("Chat");
        let report = Saved::new(&with(list)).import(house).await;
        assert_eq!(told(&report, FindingKind::EditedHere), ["category 10: is called The hall here, not Chat"]);
        let talk = categories(house).await.pop().unwrap();
        assert_eq!((talk.name.as_str(), talk.colour.unwrap().to_string().as_str()), ("The hall", "#123456"));
        // Called the same again, there is nothing to tell.
        edit(house, "talk", name("Chat")).await;
        let mut list = site();
        list["categories"][1]["name"] = json!("Chat");
        assert_eq!(told(&Saved::new(&with(list)).import(house).await, FindingKind::EditedHere), Vec::<String>::new());
    }

    async fn names_of_the_command_line_stand_until_edited(house: &House) {
        let saved = Saved::new(&with(site()));
        named(house, &saved, &[(10, "Plaza")]).await;
        assert_eq!(names(house).await, ["Help 👋", "Plaza"]);
        // Without the option the forum does not take it back.
        assert_eq!(saved.import(house).await.written, Some(Written::default()));
        let report = named(house, &saved, &[(10, "Market")]).await;
        assert_eq!(report.written.unwrap().changed.categories, 1);
        edit(house, "talk", name("Bazaar")).await;
        let report = named(house, &saved, &[(10, "Market")]).await;
        assert_eq!(told(&report, FindingKind::EditedHere), ["category 10: is called Bazaar here, not Market"]);
        assert_eq!(names(house).await, ["Help 👋", "Bazaar"]);
    }

    async fn an_import_of_an_earlier_version_is_named_unless_edited(house: &House) {
        let saved = Saved::new(&topics());
        saved.import(house).await;
        // It noted no more than this.
        forget(house).await;
        edit(house, "category-11", CategoryEdit { position: Some(9), ..name("Workshop") }).await;
        let report = named(house, &saved, &[(10, "Talk"), (11, "Help")]).await;
        assert_eq!(told(&report, FindingKind::EditedHere), ["category 11: is called Workshop here, not Help"]);
        assert_eq!(names(house).await, ["Talk", "Workshop"]);
    }

    async fn parents_that_do_not_fit_leave_a_category_where_it_is(house: &House) {
        let tree = |under: &[(i64, Option<i64>)]| {
            let one = |(id, parent): &(i64, Option<i64>)| json!({"id": id, "name": format!("C{id}"), "parent_category_id": parent});
            json!({"categories": under.iter().map(one).collect::<Vec<_>>()})
        };
        Saved::new(&with(tree(&[(10, Some(11)), (11, None)]))).import(house).await;
        // The other way round: each is moved in its turn, and never under itself.
        Saved::new(&with(tree(&[(10, None), (11, Some(10))]))).import(house).await;
        let all = categories(house).await;
        let top = all.iter().filter(|category| category.parent.is_none()).count();
        assert_eq!(top, 1, "{all:?}");
        assert_eq!(posts(house).await.len(), 2);
    }
}

#[test]
fn emoji_codes_become_characters() {
    let documents = [but(
        topic(
            1,
            &[but(
                post(10, 1, "ann", "2020-01-01"),
                json!({"cooked": "<p>Hi <img class=\"emoji\" title=\":slight_smile:\" alt=\":slight_smile:\"> <code>:smile:</code> <img class=\"emoji emoji-custom\" title=\":mrgreen:\"> x</p>"}),
            )],
        ),
        json!({"title": "A :rocket: starts"}),
    )];
    let saved = Saved::new(&documents);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let house = House::new(crate::testing::On::Sqlite).await.unwrap();
        let report = saved.import(&house).await;
        assert_eq!(posts(&house).await[0].1, "Hi 🙂 `:smile:` :mrgreen: x");
        assert_eq!(told(&report, FindingKind::Emoji), [":mrgreen:: in 1 post"]);
    });
}
