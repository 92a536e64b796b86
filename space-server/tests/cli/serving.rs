// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use space_tests::Server;

use crate::machine::Machine;

/// Asks for something over plain HTTP and leaves the connection open.
fn ask(server: &Server, path: &str) -> TcpStream {
    let address = server.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").unwrap();
    stream
}

/// Reads until the answer holds a text.
#[track_caller]
fn read_until(stream: &mut TcpStream, text: &str) {
    let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&read).contains(text) {
        let length = stream.read(&mut buffer).unwrap();
        assert_ne!(length, 0, "{}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&buffer[..length]);
    }
}

fn serve(machine: &Machine) -> Server {
    Server::build().data_dir(&machine.data_dir()).start()
}

#[test]
fn it_answers_when_it_says_that_it_is_ready_and_stops_when_asked() {
    let machine = Machine::with_space();
    let server = serve(&machine);
    read_until(&mut ask(&server, "/v1/space"), "Reading room");
    assert!(server.stop().success());
}

#[test]
fn a_stream_that_never_ends_does_not_keep_it_from_stopping() {
    let machine = Machine::with_space();
    let server = serve(&machine);
    let mut stream = ask(&server, "/v1/feed?mode=follow");
    read_until(&mut stream, "\"cursor\"");
    assert!(server.stop().success());
    // The answer ends; it is not cut off by a timeout.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
}

#[test]
fn an_address_in_use_is_named() {
    let machine = Machine::with_space();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let address = taken.local_addr().unwrap().to_string();
    let said = machine.run(&["serve", "--bind", &address]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.errors.replace(&address, "ADDRESS").replace(&port, "PORT"), @r"
    error: cannot listen on ADDRESS
      because: Address already in use (os error 98)
      try: stop what listens there (`ss -ltnp sport = :PORT` shows it), or choose another address with --bind
    ");
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let machine = Machine::new();
    std::fs::create_dir(machine.data_dir()).unwrap();
    std::fs::write(machine.data_dir().join("space.db"), "junk ".repeat(1000)).unwrap();
    let said = machine.run(&["serve", "--bind", "127.0.0.1:0"]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.errors, @r"
    error: cannot open FOLDER/data/space.db
      because: FOLDER/data/space.db is not a SQLite database
      try: that file holds something else: name another folder with --data-dir, or bring the file back from a backup
    ");
}

#[test]
fn a_space_that_is_not_there_is_not_served() {
    let said = Machine::new().run(&["serve"]);
    assert_eq!(said.code, 3, "{}", said.errors);
}

#[test]
fn the_demonstration_is_served_and_stays_in_a_folder_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("demo");
    for _ in 0..2 {
        let demo = Server::build()
            .arguments(&["demo", "--data-dir", data_dir.to_str().unwrap()])
            .start();
        read_until(&mut ask(&demo, "/v1/space"), "Open Shelf");
        assert!(demo.stop().success());
    }
}

#[test]
fn the_demonstration_stays_on_its_machine() {
    let said = Machine::new().run(&["demo", "--bind", "0.0.0.0:0"]);
    assert_eq!(said.code, 3);
    insta::assert_snapshot!(said.errors, @r"
    error: 0.0.0.0:0 can be reached from other machines, and the passwords of the demonstration are known to everybody
      try: leave --bind out, or give an address of this machine, such as 127.0.0.1:7780
    ");
}
