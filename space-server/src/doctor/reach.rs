// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Whether the server is reached, and by whom.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Finding;
use crate::config::Config;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn addresses(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bind = config.http.bind;
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
    } else {
        findings.push(Finding::warning(
            "proxies",
            format!("the server listens on {bind}, which others may reach"),
            "it speaks plain HTTP: passwords and tokens could be read on their way",
            "let a reverse proxy with TLS stand before it, and see that nobody gets past that",
        ));
    }
    if let Some(metrics) = config.metrics.bind
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

pub(super) async fn server(config: &Config) -> Finding {
    let at = reached_at(config.http.bind);
    let answer = tokio::time::timeout(PATIENCE, ask(at)).await;
    match answer {
        Ok(Ok(answer)) if answer.starts_with("HTTP/1.1 200") => Finding::fine(
            "server",
            format!("the server answers on {at}, and is ready"),
        ),
        Ok(Ok(answer)) => {
            let said = answer.lines().next().unwrap_or_default().chars().take(60);
            let said: String = said.filter(|c| !c.is_control()).collect();
            Finding::wrong(
                "server",
                format!("what answers on {at} is not ready: {said:?}"),
                "members are refused, or something else has the address",
                "see the log of the server; while it is being stopped this is as it should be",
            )
        }
        Ok(Err(error)) => Finding::warning(
            "server",
            format!("no server answers on {at}: {error}"),
            "members cannot come in",
            "start it with `space-server serve`, or `systemctl start space-server`",
        ),
        Err(_) => Finding::wrong(
            "server",
            format!(
                "the server on {at} does not answer within {} s",
                PATIENCE.as_secs()
            ),
            "members wait in vain",
            "see its log, and whether the disk or the database is slow",
        ),
    }
}

/// Where an address that stands for all of them is reached from here.
fn reached_at(bind: SocketAddr) -> SocketAddr {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, bind.port())
}

async fn ask(at: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(at).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
