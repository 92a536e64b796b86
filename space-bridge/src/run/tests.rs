// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use futures_util::FutureExt;
use space_core::Timestamp;

use super::*;
use crate::relay::{Heard, RoomUp, Settings, Who};

const DEADLINE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_task_that_panics_ends_the_program() {
    let mut tasks = JoinSet::new();
    tasks.spawn(std::future::pending());
    tasks.spawn(async { panic!("a mistake") });
    let failure = tokio::time::timeout(DEADLINE, ended(&mut tasks, "the task of a network"));
    let said = failure.await.unwrap().to_string();
    assert!(
        said.contains("the task of a network failed") && said.contains("a mistake"),
        "{said}"
    );
    tasks.spawn(async {});
    let failure = tokio::time::timeout(DEADLINE, ended(&mut tasks, "reading the feed"));
    let said = failure.await.unwrap().to_string();
    assert!(said.contains("reading the feed ended"), "{said}");
}

#[tokio::test]
async fn without_tasks_nothing_ends() {
    let mut none = JoinSet::new();
    assert!(ended(&mut none, "x").now_or_never().is_none());
}

/// A program with one network that takes one order at a time, and a room in it.
fn daemon(folder: &std::path::Path) -> (Daemon, Receiver<Order>, Arc<Notify>) {
    let settings = Settings {
        mirrors: Vec::new(),
        public_url: "https://space.example.org".to_owned(),
        backlog_age: Duration::from_mins(5),
        backlog_posts: 20,
        away_after: Duration::from_mins(1),
    };
    let now = Timestamp::from_millis(0);
    let relay = Relay::resume(settings.clone(), Store::in_memory(), Vec::new(), now).unwrap();
    let (journal, _) = Journal::open(&folder.join("sent")).unwrap();
    let (orders, taken) = mpsc::channel(1);
    let anew = Arc::new(Notify::new());
    let line = Line {
        orders,
        anew: anew.clone(),
    };
    let daemon = Daemon {
        relay,
        api: Api::builder("http://127.0.0.1:9", None).build().unwrap(),
        settings,
        lines: BTreeMap::from([("net".to_owned(), line)]),
        asked: JoinSet::new(),
        unbegun: Vec::new(),
        is_asking_newest: false,
        journal: Arc::new(journal),
        clock: Arc::new(Machine),
    };
    (daemon, taken, anew)
}

fn asks_for_help(nick: &str) -> Input {
    Input::Heard(Heard {
        place: Place::person("net", nick),
        who: Who {
            network: "net".to_owned(),
            remote: format!("account:{nick}"),
            nick: nick.to_owned(),
        },
        me: "space".to_owned(),
        text: "help".to_owned(),
        is_action: false,
        remote_id: None,
        answers: None,
        at: Machine.now(),
        is_history: false,
        calls_someone: false,
        mark: None,
    })
}

#[tokio::test]
async fn a_network_that_takes_no_orders_is_down_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut daemon, mut taken, anew) = daemon(folder.path());
    let up = || Input::NetworkUp("net".to_owned());
    daemon.step(up()).unwrap();
    for nick in ["ann", "ben", "cay"] {
        daemon.step(asks_for_help(nick)).unwrap();
    }
    assert!(
        anew.notified().now_or_never().is_some(),
        "its task is told to begin anew"
    );
    assert!(!daemon.relay.is_busy(), "nothing is on its way");
    assert_eq!(daemon.relay.store().operations().unwrap().len(), 3);
    // A room is no different.
    let room = Input::RoomUp(RoomUp {
        room: Place::room("net", "#tea"),
        capabilities: crate::relay::Capabilities::default(),
        recalled: Vec::new(),
        past: crate::relay::Past::Lost,
        mark: None,
    });
    daemon.step(room).unwrap();
    // When it is there again, one after another is said.
    assert_eq!(taken.try_recv().unwrap().place.name, "ann");
    daemon.step(up()).unwrap();
    assert_eq!(taken.try_recv().unwrap().place.name, "ann");
}
