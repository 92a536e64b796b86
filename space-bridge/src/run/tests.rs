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
        asks_newest_at: Timestamp::default(),
        journal: Arc::new(journal),
        clock: Arc::new(Machine),
        state: folder.join("bridge.db"),
        started: now,
        stall: Stall::default(),
    };
    (daemon, taken, anew)
}

fn asks_for_help(nick: &str) -> Input {
    whispers(nick, "help")
}

fn whispers(nick: &str, text: &str) -> Input {
    Input::Heard(Heard {
        place: Place::person("net", nick),
        who: Who {
            network: "net".to_owned(),
            remote: format!("account:{nick}"),
            nick: nick.to_owned(),
        },
        me: "space".to_owned(),
        text: text.to_owned(),
        is_action: false,
        remote_id: None,
        answers: None,
        at: Machine.now(),
        is_timed: false,
        is_history: false,
        may_be_past: false,
        calls_someone: false,
        mark: None,
    })
}

#[tokio::test]
async fn a_network_that_takes_no_orders_is_down_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut daemon, mut taken, anew) = daemon(folder.path());
    let up = || Input::NetworkUp("net".to_owned());
    daemon.take_in(up()).unwrap();
    for nick in ["ann", "ben", "cay"] {
        daemon.take_in(asks_for_help(nick)).unwrap();
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
    daemon.take_in(room).unwrap();
    // When it is there again, one after another is said.
    assert_eq!(taken.try_recv().unwrap().place.name, "ann");
    daemon.take_in(up()).unwrap();
    assert_eq!(taken.try_recv().unwrap().place.name, "ann");
}

/// A bridge whose disk is full, and to which ann has written more than fits.
fn stalled(folder: &std::path::Path) -> (Daemon, Receiver<Order>) {
    let (mut daemon, taken, _) = daemon(folder);
    daemon.take_in(Input::NetworkUp("net".to_owned())).unwrap();
    daemon.relay.store().set_full(true);
    let long = format!("101: {}", "x".repeat(30_000));
    daemon.take_in(whispers("ann", &long)).unwrap();
    assert!(daemon.is_stalled());
    (daemon, taken)
}

#[tokio::test]
async fn full_disk_keeps_what_people_say_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let (mut daemon, mut taken) = stalled(folder.path());
    daemon.take_in(asks_for_help("ben")).unwrap();
    daemon.tick().unwrap();
    assert!(daemon.is_stalled());
    assert_eq!(daemon.relay.store().jobs().unwrap(), []);
    assert!(
        taken.try_recv().is_err(),
        "nothing is said before it is written"
    );
    daemon.relay.store().set_full(false);
    daemon.tick().unwrap();
    assert!(!daemon.is_stalled());
    assert_eq!(daemon.relay.store().jobs().unwrap().len(), 1);
    assert_eq!(taken.try_recv().unwrap().place.name, "ben");
    daemon.give_up().unwrap();
}

#[tokio::test]
async fn connection_that_broke_on_a_full_disk_is_not_spoken_to_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (mut daemon, mut taken) = stalled(folder.path());
    daemon.take_in(asks_for_help("ben")).unwrap();
    let down = Input::NetworkDown {
        network: "net".to_owned(),
        silent: Duration::ZERO,
    };
    daemon.take_in(down).unwrap();
    let up = Input::NetworkUp("net".to_owned());
    daemon.take_in(up).unwrap();
    daemon.relay.store().set_full(false);
    daemon.tick().unwrap();
    let mut said = Vec::new();
    while let Ok(order) = taken.try_recv() {
        said.push(order.place.name);
    }
    assert_eq!(said, ["ben"], "not on the connection that has gone, too");
    assert_eq!(daemon.relay.store().operations().unwrap().len(), 1);
}

#[tokio::test]
async fn bridge_that_ends_on_a_full_disk_says_what_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut daemon, _taken) = stalled(folder.path());
    daemon.take_in(asks_for_help("ben")).unwrap();
    let said = daemon.give_up().unwrap_err().to_string();
    let place = folder.path().display();
    assert!(
        said.contains(&format!(
            "the disk is full: {place}; 2 messages of people in rooms"
        )),
        "{said}"
    );
}
