// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! TLS to PostgreSQL, as the address asks for it.
//!
//! `sslmode` and `sslrootcert` are read as `libpq` names them, with one difference: whenever TLS is used, the certificate
//! is verified, and so is the name in it. Encrypting without looking whom one talks to protects from nobody who stands
//! in between.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Result, StoreError};

/// Makes connections encrypted. Those over a socket of this machine have no name to verify, and are not.
#[derive(Clone)]
pub(crate) struct Connector(MakeRustlsConnect);

impl<S> MakeTlsConnect<S> for Connector
where
    MakeRustlsConnect: MakeTlsConnect<S>,
{
    type Stream = <MakeRustlsConnect as MakeTlsConnect<S>>::Stream;
    type TlsConnect = <MakeRustlsConnect as MakeTlsConnect<S>>::TlsConnect;
    type Error = <MakeRustlsConnect as MakeTlsConnect<S>>::Error;

    fn make_tls_connect(
        &mut self,
        host: &str,
    ) -> std::result::Result<Self::TlsConnect, Self::Error> {
        // Asked for in any case; over a socket it is never used.
        let host = if host.is_empty() { "localhost" } else { host };
        self.0.make_tls_connect(host)
    }
}

/// What an address says of TLS.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Wish {
    mode: Option<String>,
    roots: Option<PathBuf>,
}

/// Reads an address, and makes what connects to it.
pub(super) fn read(address: &str) -> Result<(Config, Connector)> {
    let (address, wish) = split(address);
    let mut config = Config::from_str(&address).map_err(|error| StoreError::Address {
        why: std::error::Error::source(&error).map_or_else(String::new, ToString::to_string),
    })?;
    let mode = match wish.mode.as_deref() {
        Some("disable") => SslMode::Disable,
        Some("require" | "verify-ca" | "verify-full") => SslMode::Require,
        // Whoever can listen on this machine can read the database's files as well.
        None | Some("allow" | "prefer") if is_here(&config) => SslMode::Disable,
        None | Some("allow" | "prefer") => SslMode::Prefer,
        Some(other) => {
            return Err(StoreError::Address {
                why: format!(
                    "sslmode {other:?} is none of disable, prefer, require, verify-ca and verify-full"
                ),
            });
        }
    };
    config.ssl_mode(mode);
    let roots = if mode == SslMode::Disable {
        RootCertStore::empty()
    } else {
        roots(wish.roots.as_deref())?
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Address {
            why: error.to_string(),
        })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok((config, Connector(MakeRustlsConnect::new(client))))
}

/// Says whether all hosts are this machine.
fn is_here(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

/// Takes out what only we understand.
fn split(address: &str) -> (String, Wish) {
    let mut wish = Wish::default();
    let mut take = |part: &str, is_encoded: bool| {
        let Some((key, value)) = part.split_once('=') else {
            return false;
        };
        let value = if is_encoded {
            decoded(value)
        } else {
            value.trim_matches('\'').to_owned()
        };
        match key.trim() {
            "sslmode" => wish.mode = Some(value),
            "sslrootcert" => wish.roots = Some(value.into()),
            _ => return false,
        }
        true
    };
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        let Some((base, query)) = address.split_once('?') else {
            return (address.to_owned(), wish);
        };
        let rest: Vec<&str> = query.split('&').filter(|part| !take(part, true)).collect();
        let address = if rest.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", rest.join("&"))
        };
        (address, wish)
    } else {
        let rest: Vec<&str> = address
            .split_ascii_whitespace()
            .filter(|part| !take(part, false))
            .collect();
        if wish == Wish::default() {
            // A value in quotes may have spaces that count.
            return (address.to_owned(), wish);
        }
        (rest.join(" "), wish)
    }
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = hex {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads whom to trust: a file, or what the system trusts.
fn roots(file: Option<&Path>) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    match file {
        Some(path) if path != Path::new("system") => {
            let unusable = |why: String| StoreError::Address {
                why: format!("sslrootcert {}: {why}", path.display()),
            };
            let certificates = CertificateDer::pem_file_iter(path)
                .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
                .map_err(|error| unusable(error.to_string()))?;
            for certificate in certificates {
                store
                    .add(certificate)
                    .map_err(|error| unusable(error.to_string()))?;
            }
            if store.is_empty() {
                return Err(unusable("it has no certificate".to_owned()));
            }
        }
        _ => {
            // Some of a system's certificates may be odd; the others count.
            let found = rustls_native_certs::load_native_certs();
            store.add_parsable_certificates(found.certs);
        }
    }
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use rustls::pki_types::PrivateKeyDer;
    use space_tests::Postgres;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, UnixStream};

    use crate::lifecycle::Lifecycle;
    use crate::store;

    fn mode(address: &str) -> SslMode {
        read(address).unwrap().0.get_ssl_mode()
    }

    #[rstest]
    #[case::a_socket("postgres://space@%2Frun%2Fpostgresql/space", SslMode::Disable)]
    #[case::this_machine("postgres://space@127.0.0.1/space", SslMode::Disable)]
    #[case::this_machine_by_name("host=localhost user=space", SslMode::Disable)]
    #[case::another("postgres://space@db.example.org/space", SslMode::Prefer)]
    #[case::told("postgres://space@127.0.0.1/space?sslmode=require", SslMode::Require)]
    #[case::told_to_look("host=db.example.org sslmode=verify-full user=space", SslMode::Require)]
    #[case::told_not(
        "postgres://db.example.org/space?connect_timeout=3&sslmode=disable",
        SslMode::Disable
    )]
    fn whether_tls_is_used(#[case] address: &str, #[case] want: SslMode) {
        assert_eq!(mode(address), want);
    }

    #[rstest]
    #[case(
        "postgres://db/space?sslmode=sometimes",
        "sslmode \"sometimes\" is none of"
    )]
    #[case(
        "postgres://db/space?sslmode=require&sslrootcert=%2Fnot%2Fthere.pem",
        "sslrootcert /not/there.pem: "
    )]
    fn what_cannot_be_is_named(#[case] address: &str, #[case] want: &str) {
        let Err(error) = read(address) else {
            panic!("{address} was understood");
        };
        assert!(error.to_string().contains(want), "{error}");
    }

    const TESTDATA: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../space-core/src/client/api/testdata"
    );

    /// Stands before a PostgreSQL on a socket: it answers the question for TLS, and passes on what comes out of it.
    async fn front(socket: PathBuf) -> u16 {
        let certificates = CertificateDer::pem_file_iter(format!("{TESTDATA}/localhost.pem"))
            .unwrap()
            .collect::<std::result::Result<Vec<_>, _>>()
            .unwrap();
        let key = std::fs::read(format!("{TESTDATA}/localhost.key.der")).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(certificates, key)
            .unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lifecycle = Lifecycle::new();
        let tasks = lifecycle.clone();
        lifecycle.spawn("front", async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (acceptor, socket) = (acceptor.clone(), socket.clone());
                tasks.spawn("front.connection", async move {
                    // The length, 8, and a number that asks for TLS.
                    let mut question = [0; 8];
                    stream.read_exact(&mut question).await.unwrap();
                    assert_eq!(
                        question,
                        [0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f],
                        "it does not ask for TLS"
                    );
                    stream.write_all(b"S").await.unwrap();
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let mut behind = UnixStream::connect(socket).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut behind).await;
                });
            }
        });
        port
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_connection_is_encrypted_for_whom_it_trusts_and_refused_for_others() {
        let Some(database) = Postgres::database() else {
            return;
        };
        let (host, name) = database
            .url()
            .split_once('@')
            .unwrap()
            .1
            .split_once('/')
            .unwrap();
        let port = front(Path::new(&decoded(host)).join(".s.PGSQL.5432")).await;
        let ask = async |host: &str, more: &str| -> store::Result<i32> {
            let address = format!("postgres://space@{host}:{port}/{name}?{more}");
            let postgres = store::Postgres::connect(&address, 1)?;
            Ok(postgres
                .client()
                .await?
                .query_one("select 7", &[])
                .await?
                .get(0))
        };
        let trusted = format!("sslmode=verify-full&sslrootcert={TESTDATA}/localhost.pem");
        assert_eq!(ask("localhost", &trusted).await.unwrap(), 7);
        // Another name than that of the certificate; and a certificate that nobody vouches for.
        assert!(ask("127.0.0.1", &trusted).await.is_err());
        assert!(ask("localhost", "sslmode=require").await.is_err());
    }
}
