// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! A live forum brought in by the program itself.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::machine::Machine;

/// A site of a few pages, on a thread of its own that ends with the process.
struct Site {
    address: SocketAddr,
    /// The head of each request.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heads = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &heads);
            }
        });
        Self { address, asked }
    }

    fn forum(&self) -> String {
        format!("http://{}", self.address)
    }

    fn topics_asked_for(&self) -> usize {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let is_topic = |head: &&String| head.starts_with("GET /t/");
        asked.iter().filter(is_topic).count()
    }
}

fn topic(id: i64) -> Value {
    let post = json!({
        "id": id * 10, "topic_id": id, "post_number": 1, "post_type": 1, "user_id": 5, "username": "ann",
        "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-01-01T00:00:00.000Z", "version": 1,
        "cooked": "<p>Hello.</p>",
    });
    json!({
        "id": id, "title": format!("Topic number {id}"), "category_id": 1, "views": 3,
        "created_at": "2020-01-01T00:00:00.000Z", "last_posted_at": "2020-01-01T00:00:00.000Z",
        "post_stream": {"posts": [post], "stream": [id * 10]},
    })
}

/// Topics 1 to 3 are there, 4 is not any more, and 5 is no topic.
fn answer(stream: TcpStream, heads: &Mutex<Vec<String>>) {
    let mut head = String::new();
    let mut reader = BufReader::new(stream);
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|read| read > 0) {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    heads.lock().unwrap().push(head);
    let page = path.split('?').next().unwrap_or_default();
    let (status, body) = match page {
        "/site.json" => (
            200,
            json!({"categories": [{"id": 1, "name": "Talk", "slug": "talk"}]}),
        ),
        "/latest.json" => {
            let topics: Vec<Value> = (1..=5)
                .map(|id| json!({"id": id, "posts_count": 1}))
                .collect();
            (200, json!({"topic_list": {"topics": topics}}))
        }
        "/t/4.json" => (404, json!({})),
        "/t/5.json" => (200, json!({"id": 5})),
        page => match page
            .trim_start_matches("/t/")
            .trim_end_matches(".json")
            .parse()
        {
            Ok(id) => (200, topic(id)),
            Err(_) => (404, json!({})),
        },
    };
    let body = body.to_string();
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let _ = reader.into_inner().write_all(answer.as_bytes());
}

#[test]
fn a_live_forum_comes_in_and_what_is_wrong_is_told() {
    let (machine, site) = (Machine::new(), Site::open());
    let forum = site.forum();
    let import = ["import", "discourse", &forum, "--rate", "6000"];
    let said = machine.run(&import);
    assert_eq!(said.code, 4, "{}", said.errors);
    let shown = said.out.replace(&forum, "FORUM");
    insta::assert_snapshot!(shown, @r"
    topics and lists that could not be fetched: 1
      topic 5: is no topic: it has no post_stream
    topics and posts that were removed while the forum was fetched: 1
      topic 4: is not there any more

    fetched: 3 of 5 topics, 0 unchanged, 1 removed meanwhile, 1 failed (8 requests)
    new: 3 topics, 3 posts, 1 members, 1 categories
    incomplete: not everything could be used; see above
    topics: 3
    posts: 3
    members: 1
    ");
    assert_eq!(
        said.errors.replace(&forum, "FORUM"),
        "Next: `space-server member add NAME --role owner`, then `space-server serve`, then `space login \
         http://127.0.0.1:7780` in another terminal.\nerror: not everything in FORUM/ could be used\n"
    );
    assert_eq!(site.topics_asked_for(), 5);

    // What came is not asked for again, and what is there is imported from the folder too.
    let said = machine.run(&import);
    assert_eq!(said.code, 4, "{}", said.errors);
    assert!(said.out.contains("\nnothing changed\n"), "{}", said.out);
    assert_eq!(site.topics_asked_for(), 2);
    let folder = machine
        .data_dir()
        .join("import")
        .join(format!("127.0.0.1_{}", site.address.port()));
    let said = machine.run(&["import", "discourse", folder.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{}", said.errors);
}

#[test]
fn fetching_alone_makes_no_space_and_a_key_stays_secret() {
    let (machine, site) = (Machine::new(), Site::open());
    let forum = site.forum();
    let line = format!(
        "import discourse {forum} --only-fetch --staging saved --rate 6000 --json --api-key-file - --api-user system"
    );
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let said = machine.run_with(&arguments, "s3cret-key\n");
    assert_eq!(said.code, 4, "{}", said.errors);
    assert!(!machine.data_dir().exists());
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["fetched"]["fetched"], 3);
    assert_eq!(report["findings"][0]["kind"], "not_fetched");
    assert!(!format!("{}{}", said.out, said.errors).contains("s3cret"));
    let asked = site.asked.lock().unwrap();
    assert!(
        asked
            .iter()
            .all(|head| head.contains("api-key: s3cret-key\r\n")),
        "{asked:?}"
    );
    assert!(
        asked
            .iter()
            .all(|head| !head.lines().next().unwrap().contains("s3cret"))
    );
}

#[test]
fn what_makes_no_sense_is_told_with_the_way_out() {
    let machine = Machine::new();
    let cases = [
        (
            "import discourse saved --rate 5",
            "error: --rate is for a live forum, and a path was given\n  try: the address of the forum, such as https://forum.example.org\n",
        ),
        (
            "import discourse ftp://forum.example",
            "error: cannot fetch from ftp://forum.example: it must begin with https:// or http://\n",
        ),
        (
            "import discourse https://forum.example --api-user ann",
            "error: --api-user is nothing without a key\n  try: --api-key-file FILE, or SPACE_IMPORT_API_KEY\n",
        ),
    ];
    for (line, want) in cases {
        let said = machine.run(&line.split_whitespace().collect::<Vec<_>>());
        assert_eq!((said.code, said.errors.as_str()), (2, want), "{line}");
    }
    let said = machine.run_with(
        &[
            "import",
            "discourse",
            "http://forum.example",
            "--api-key-file",
            "-",
        ],
        "s3cret-key",
    );
    assert_eq!(said.code, 2);
    assert_eq!(
        said.errors,
        "error: a key is not sent to http://forum.example/ over plain http\n  try: the https:// address of the forum\n"
    );
}
