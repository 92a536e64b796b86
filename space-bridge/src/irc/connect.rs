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

fn tls(network: &Network) -> io::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut authorities = Vec::new();
    if let Some(pem) = &network.authorities {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            authorities.push(certificate.map_err(invalid)?);
        }
    }
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
