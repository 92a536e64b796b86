// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Tokens in files that only their owner can read: unencrypted, so only for those who ask for it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Account, CredentialsError};
use crate::client::api::Token;
use crate::client::files::replace_durably;
use crate::text::{MemberName, folded};

/// Tokens of one person, in a folder: one file per server and member.
#[derive(Debug, Clone)]
pub struct Credentials {
    folder: PathBuf,
}

/// What a file holds.
#[derive(Serialize, Deserialize)]
struct Kept {
    server: String,
    name: MemberName,
    token: String,
}

const ENDING: &str = "token";

impl Credentials {
    /// Uses `folder`, which is made when something is first kept.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Keeps a token. It is there as a whole or not at all, also after a power cut.
    pub fn save(&self, account: &Account, token: &Token) -> Result<(), CredentialsError> {
        let kept = Kept {
            server: account.server.clone(),
            name: account.name.clone(),
            token: token.expose().to_owned(),
        };
        let path = self.path(account);
        let json = serde_json::to_vec(&kept)
            .map_err(io::Error::from)
            .map_err(file("write", &path))?;
        make_private(&self.folder).map_err(file("make", &self.folder))?;
        // What an earlier version has left has a token in it.
        let _ = fs::remove_file(path.with_extension("half"));
        replace_durably(&path, &json).map_err(file("write", &path))
    }

    /// Returns the token of an account.
    pub fn load(&self, account: &Account) -> Result<Option<Token>, CredentialsError> {
        let path = self.path(account);
        let Some(kept) = read(&path)? else {
            return Ok(None);
        };
        let is_theirs = kept.server == account.server
            && folded(kept.name.as_str()) == folded(account.name.as_str());
        if !is_theirs {
            return Err(CredentialsError::Damaged { path });
        }
        match Token::new(kept.token) {
            Some(token) => Ok(Some(token)),
            None => Err(CredentialsError::Damaged { path }),
        }
    }

    /// Forgets the token of an account. It stays valid on the server: sign out there first.
    pub fn forget(&self, account: &Account) -> Result<(), CredentialsError> {
        let path = self.path(account);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(file("remove", &path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Returns the accounts that have a token, in order.
    pub fn accounts(&self) -> Result<Vec<Account>, CredentialsError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(file("read", &self.folder)(error)),
        };
        let mut accounts = Vec::new();
        for entry in entries {
            let path = entry.map_err(file("read", &self.folder))?.path();
            if path.extension().is_some_and(|ending| ending == ENDING)
                && let Some(kept) = read(&path)?
            {
                accounts.push(Account {
                    server: kept.server,
                    name: kept.name,
                });
            }
        }
        accounts.sort();
        Ok(accounts)
    }

    /// Returns the file of an account, whether there is one or not.
    pub fn path(&self, account: &Account) -> PathBuf {
        self.folder.join(Self::stem(account)).with_extension(ENDING)
    }

    /// Servers and names may have characters that a file name cannot; their hash has none.
    fn stem(account: &Account) -> String {
        let name = folded(account.name.as_str());
        let hash = Sha256::digest(format!("{}\n{name}", account.server));
        // Half of it is plenty for the accounts of one person.
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        format!("{:032x}", u128::from_be_bytes(half))
    }
}

fn file<'a>(doing: &'static str, path: &'a Path) -> impl Fn(io::Error) -> CredentialsError + 'a {
    move |source| CredentialsError::File {
        doing,
        path: path.to_owned(),
        source,
    }
}

fn read(path: &Path) -> Result<Option<Kept>, CredentialsError> {
    let mut open = match File::open(path) {
        Ok(open) => open,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(file("read", path)(error)),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = open
            .metadata()
            .map_err(file("read", path))?
            .permissions()
            .mode()
            & 0o777;
        if mode & 0o077 != 0 {
            return Err(CredentialsError::Exposed {
                path: path.to_owned(),
                mode,
            });
        }
    }
    let mut json = Vec::new();
    open.read_to_end(&mut json).map_err(file("read", path))?;
    match serde_json::from_slice(&json) {
        Ok(kept) => Ok(Some(kept)),
        Err(_) => Err(CredentialsError::Damaged {
            path: path.to_owned(),
        }),
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> Account {
        Account {
            server: "https://space.example.org".to_owned(),
            name: "Alice".to_owned().try_into().unwrap(),
        }
    }

    #[test]
    fn tokens_are_kept_by_server_and_name() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Credentials::new(&folder.path().join("a/b"));
        assert_eq!(kept.load(&alice()).unwrap(), None);
        assert_eq!(kept.accounts().unwrap(), []);
        let first = Token::new("space_1").unwrap();
        kept.save(&alice(), &first).unwrap();
        let second = Token::new("space_2").unwrap();
        let elsewhere = Account {
            server: "https://b.example.org".to_owned(),
            ..alice()
        };
        kept.save(&elsewhere, &second).unwrap();
        kept.save(&elsewhere, &second).unwrap();
        assert_eq!(kept.load(&alice()).unwrap(), Some(first));
        assert_eq!(kept.load(&elsewhere).unwrap(), Some(second));
        assert_eq!(kept.accounts().unwrap(), [elsewhere, alice()]);
        kept.forget(&alice()).unwrap();
        kept.forget(&alice()).unwrap();
        assert_eq!(kept.load(&alice()).unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let kept = Credentials::new(folder.path());
        kept.save(&alice(), &Token::new("space_1").unwrap())
            .unwrap();
        let path = kept.path(&alice());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = kept.load(&alice()).unwrap_err();
        assert!(matches!(
            error,
            CredentialsError::Exposed { mode: 0o640, .. }
        ));
        assert!(error.to_string().contains("chmod 600"));
        // Signing in again repairs it.
        kept.save(&alice(), &Token::new("space_2").unwrap())
            .unwrap();
        assert!(kept.load(&alice()).unwrap().is_some());
    }

    #[test]
    fn a_file_of_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Credentials::new(folder.path());
        kept.save(&alice(), &Token::new("space_1").unwrap())
            .unwrap();
        fs::write(kept.path(&alice()), "{}").unwrap();
        assert!(matches!(
            kept.load(&alice()),
            Err(CredentialsError::Damaged { .. })
        ));
    }
}
