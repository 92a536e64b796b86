// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Opening a connection, encrypted unless told otherwise.
//!
//! The TLS of the `irc` crate is not used: it brings a second provider of cryptography, built with cmake.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::settings::Network;

/// How long opening a connection may take.
const CONNECT: Duration = Duration::from_secs(20);

/// A connection, whichever kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Opens a connection to a network.
pub(super) async fn connect(network: &Network) -> io::Result<Box<dyn Stream>> {
    let open = async {
        let stream = TcpStream::connect((network.host.as_str(), network.port)).await?;
        // Lines are short and each counts.
        stream.set_nodelay(true)?;
        if !network.is_encrypted {
            return Ok(Box::new(stream) as Box<dyn Stream>);
        }
        let name = ServerName::try_from(network.host.clone()).map_err(invalid)?;
        let connector = TlsConnector::from(Arc::new(tls(network)?));
        let stream = connector.connect(name, stream).await?;
        Ok(Box::new(stream) as Box<dyn Stream>)
    };
    tokio::time::timeout(CONNECT, open)
        .await
        .map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "nobody answers"))?
}

/// Says why a connection cannot be opened, and what to do about it where that is known.
pub(super) fn reason(error: &io::Error, network: &Network) -> String {
    use rustls::{CertificateError as Certificate, Error};
    let Network {
        name, host, port, ..
    } = network;
    let tls = error.get_ref().and_then(|why| why.downcast_ref::<Error>());
    match tls {
        Some(Error::InvalidCertificate(why)) => match why {
            Certificate::UnknownIssuer => format!(
                "nobody whom this machine trusts vouches for the certificate of {host}; if the network has an \
                 authority of its own, get its certificate from whoever runs it and name the file in tls_ca_file of \
                 [irc.{name}]"
            ),
            Certificate::Expired | Certificate::ExpiredContext { .. } => format!(
                "the certificate of {host} has expired; whoever runs it has to renew it (or the clock of this machine \
                 is wrong)"
            ),
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
                format!(
                    "the certificate of {host} is not valid yet; is the clock of this machine right?"
                )
            }
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => format!(
                "the certificate is not one of {host}; write the name that the network calls itself by into host of \
                 [irc.{name}]"
            ),
            why => format!("the certificate of {host} cannot be trusted: {why}"),
        },
        Some(Error::InvalidMessage(_)) => {
            format!("{host} does not speak TLS on port {port}; most networks do on 6697")
        }
        _ => error.to_string(),
    }
}

/// Returns whether a text is certificates as PEM.
pub(crate) fn has_certificates(pem: &[u8]) -> bool {
    let mut all = CertificateDer::pem_slice_iter(pem).peekable();
    all.peek().is_some() && all.all(|certificate| certificate.is_ok())
}

fn tls(network: &Network) -> io::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let pem = network.authorities.as_deref().unwrap_or_default();
    let authorities: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(invalid)?;
    let verifier =
        Verifier::new_with_extra_roots(authorities, provider.clone()).map_err(invalid)?;
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(invalid)?
        // The verifier is that of the operating system; nothing is skipped.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}
