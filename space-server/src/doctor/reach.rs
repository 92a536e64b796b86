// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether the server is reached, and by whom.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use space_core::text::SpaceIdentity;

use super::Finding;
use crate::config::Config;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says so when others reach the server without TLS: it listens beyond this machine, and knows no proxy that has it.
pub(crate) fn in_the_open(bind: SocketAddr, config: &Config) -> Option<String> {
    let is_in_the_open =
        !bind.ip().is_loopback() && config.http.trusted_proxies.as_slice().is_empty();
    is_in_the_open.then(|| {
        format!(
            "the server listens on {bind}, which other machines may reach, speaks plain HTTP, and knows of no proxy with TLS"
        )
    })
}

pub(super) fn addresses(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bind = *config.http.bind;
    if bind.ip().is_loopback() {
        if config.http.trusted_proxies.as_slice().is_empty() {
            findings.push(Finding::warning(
                "proxies",
                format!("the server listens on {bind}, and trusts no proxy"),
                "if members come through a reverse proxy, all of them share one limit of log-ins",
                "then set http.trusted_proxies = [\"127.0.0.1\"]; if nobody does, all is well",
            ));
        } else {
            findings.push(Finding::fine(
                "proxies",
                format!("the server listens on {bind}, behind a proxy"),
            ));
        }
    } else if let Some(found) = in_the_open(bind, config) {
        findings.push(Finding::warning(
            "proxies",
            found,
            "passwords and tokens can be read and changed on their way",
            "put a reverse proxy with TLS before it, name that in http.trusted_proxies, and see that nobody gets past it",
        ));
    } else {
        findings.push(Finding::fine(
            "proxies",
            format!("the server listens on {bind}, behind a proxy"),
        ));
    }
    if let Some(metrics) = config.metrics.bind.as_deref()
        && !metrics.ip().is_loopback()
    {
        findings.push(Finding::warning(
            "metrics",
            format!("the numbers of the server are on {metrics}, which others may reach"),
            "they tell how busy the community is",
            "see that only your monitoring gets there, or set metrics.bind to an address of this machine",
        ));
    }
    findings
}

/// Looks whether the server of this space answers. Another one at that address is another's, and not this one's.
pub(super) async fn server(config: &Config, ours: Option<&SpaceIdentity>) -> Finding {
    let at = reached_at(*config.http.bind);
    let asked = async {
        let ready = ask(at, "/readyz").await?;
        Ok::<_, std::io::Error>((ready, ask(at, "/v1/space").await?))
    };
    let (ready, space) = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(answers)) => answers,
        Ok(Err(error)) => {
            return Finding::warning(
                "server",
                format!("no server answers on {at}: {error}"),
                "members cannot come in",
                "start it with `space-server serve`, or `systemctl start space-server`",
            );
        }
        Err(_) => {
            return Finding::wrong(
                "server",
                format!(
                    "the server on {at} does not answer within {} s",
                    PATIENCE.as_secs()
                ),
                "members wait in vain",
                "see its log, and whether the disk or the database is slow",
            );
        }
    };
    let Some(space) = space.json() else {
        return Finding::wrong(
            "server",
            format!("another program answers on {at}: {}", ready.first_line()),
            "the server of this space cannot listen there, and members do not reach it",
            format!(
                "see which one with `ss -ltnp sport = :{}`, and end it or set http.bind",
                at.port()
            ),
        );
    };
    let space = space.get("space").unwrap_or(&space).clone();
    let theirs = space.get("identity").and_then(|identity| identity.as_str());
    if let (Some(ours), Some(theirs)) = (ours, theirs)
        && ours.as_str() != theirs
    {
        let name = name_of(&space);
        return Finding::wrong(
            "server",
            format!("the server of another space answers on {at}: {name:?}"),
            "the server of this space cannot listen there, and members reach the other one",
            "stop that server, or give this one another address with http.bind; --data-dir names the data folder to look at",
        );
    }
    let is_ours = ours.is_some() && theirs.is_some();
    if !is_ours && ready.is_ok() {
        // Of a space that cannot be read, or of a server of an earlier version.
        let name = name_of(&space);
        return Finding::warning(
            "server",
            format!(
                "a server answers on {at}, of a space that calls itself {name:?}: whether it is this one is not known"
            ),
            "members may reach another space there",
            "see which data folder that server has, and name the same with --data-dir",
        );
    }
    if ready.is_ok() {
        return Finding::fine(
            "server",
            format!("the server answers on {at}, and is ready"),
        );
    }
    let why = ready
        .json()
        .and_then(|it| Some(it.get("why")?.as_str()?.to_owned()));
    Finding::wrong(
        "server",
        match why {
            Some(why) => format!("the server on {at} is not ready: {why}"),
            None => format!("the server on {at} is not ready: {}", ready.first_line()),
        },
        "members are refused",
        "see the log of the server; while it is being stopped this is as it should be",
    )
}

/// Returns what a space calls itself.
fn name_of(space: &serde_json::Value) -> String {
    let name = space.get("name").and_then(|name| name.as_str());
    name.unwrap_or_default().chars().take(100).collect()
}

/// Bytes that are read of an answer; the description of a space is a few hundred.
const ANSWER_BYTES: u64 = 64 << 10;

/// Where an address that stands for all of them is reached from here.
fn reached_at(bind: SocketAddr) -> SocketAddr {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, bind.port())
}

/// What was answered.
struct Answered(String);

impl Answered {
    fn is_ok(&self) -> bool {
        self.0.split(' ').nth(1) == Some("200")
    }

    /// Returns the first line, harmless and short.
    fn first_line(&self) -> String {
        let line = self.0.lines().next().unwrap_or_default();
        let said: String = line.chars().filter(|c| !c.is_control()).take(60).collect();
        format!("{said:?}")
    }

    /// Returns the document behind the head.
    fn json(&self) -> Option<serde_json::Value> {
        let (_, body) = self.0.split_once("\r\n\r\n")?;
        serde_json::from_str(body).ok()
    }
}

async fn ask(at: SocketAddr, path: &str) -> std::io::Result<Answered> {
    let mut stream = TcpStream::connect(at).await?;
    // HTTP/1.0: the body comes in one piece.
    let request = format!("GET {path} HTTP/1.0\r\nhost: {at}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES).read_to_end(&mut answer).await?;
    Ok(Answered(String::from_utf8_lossy(&answer).into_owned()))
}
