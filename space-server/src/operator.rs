// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! What whoever runs the machine may do: make the space, accounts, passwords, roles, tokens, categories and groups.
//!
//! It works on the store itself and beside a running server, which notices within half a second: every transaction
//! that writes locks the head row first, whichever process it is of.

mod account;
mod bridge;

use std::sync::Arc;

use space_core::policy::{Capabilities, Denial};
use space_core::protocol::{self, CreateCategory, CreateGroup, NewToken, TokenLine};
use space_core::text::{About, DisplayName, Label, MemberName, Slug, SpaceIdentity};
use space_core::{
    Access, AccessRule, Audience, Category, CategoryId, Clock, Colour, Entropy, Group, GroupId,
    Language, Level, Member, MemberKind, Role, Timestamp, TokenId,
};

use crate::config::Config;
use crate::feed::Hub;
use crate::http::token_hash;
use crate::lifecycle::Lifecycle;
use crate::password::{self, PasswordError};
use crate::store::actor::By;
use crate::store::{Store, StoreError, category, group, head, member, token};
use crate::writer::commands::category::SetAccess;
use crate::writer::commands::category_edit::EditCategory;
use crate::writer::commands::group::SetGroupMember;
use crate::writer::commands::init::Init;
use crate::writer::commands::member::{AddMember, SetRole};
use crate::writer::commands::password::SetPassword;
use crate::writer::commands::token::{CreateToken, Ends, RevokeToken};
use crate::writer::{Deed, Refusal, Setting, Signed, WriteError, Writer};

/// Why something the operator asked for was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// It was refused; nothing was changed.
    #[error("{0}")]
    Refused(String),
    /// There is no member of that name.
    #[error("there is no member \"{name}\"")]
    NoMember {
        /// The name that was given.
        name: MemberName,
    },
    /// There is no category of that short name.
    #[error("there is no category \"{slug}\"")]
    NoCategory {
        /// The short name that was given.
        slug: Slug,
    },
    /// There is no group of that short name.
    #[error("there is no group \"{slug}\"")]
    NoGroup {
        /// The short name that was given.
        slug: Slug,
    },
    /// The member has no token of that number.
    #[error("{name} has no token {id}")]
    NoToken {
        /// Whose token was asked for.
        name: MemberName,
        /// The number that was given.
        id: TokenId,
    },
    /// Nobody could act as an owner any more.
    #[error("this is the only owner who can sign in")]
    OnlyOwner,
    /// The password is no good.
    #[error("{0}")]
    Password(String),
    /// The database holds no space yet.
    #[error("there is no space here yet")]
    NoSpace,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] Arc<StoreError>),
    /// The writer has stopped.
    #[error("the store is closing")]
    Stopped,
}

impl From<StoreError> for OperatorError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl From<WriteError> for OperatorError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(Refusal::Denied(Denial::OnlyOwner)) => Self::OnlyOwner,
            WriteError::Refused(refusal) => Self::Refused(refusal.to_string()),
            WriteError::Store(error) if matches!(*error, StoreError::NoSpace) => Self::NoSpace,
            WriteError::Store(error) => Self::Store(error),
            WriteError::Busy | WriteError::Stopped => Self::Stopped,
        }
    }
}

impl From<PasswordError> for OperatorError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error.to_string())
    }
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What kind of account.
    pub kind: MemberKind,
    /// The name they are known by.
    pub name: MemberName,
    /// The name they show beside it.
    pub display_name: Option<DisplayName>,
    /// The duties they get.
    pub roles: Vec<Role>,
    /// Their password; without one they cannot sign in, but can be given one later.
    pub password: Option<String>,
}

/// Who may read and write in a category; nobody else learns of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenTo {
    /// Everyone reads, every member writes.
    Everyone,
    /// Every member.
    Members,
    /// Owners, administrators and moderators.
    Staff,
    /// The members of groups, by their short names.
    Groups(Vec<Slug>),
}

/// A category to be made.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// The name used in commands.
    pub slug: Slug,
    /// The name shown.
    pub name: Label,
    /// What belongs here.
    pub about: Option<About>,
    /// The category it stands under.
    pub parent: Option<Slug>,
    /// Its colour.
    pub colour: Option<Colour>,
    /// The language of most of its posts.
    pub language: Option<Language>,
    /// Who may read and write in it.
    pub open_to: OpenTo,
}

pub use crate::writer::commands::category_edit::CategoryEdit;

/// Says whether a password may be given to somebody, before anything is made for them.
pub fn check_password(password: &str) -> Result<(), OperatorError> {
    Ok(password::check(password)?)
}

/// The store, opened by whoever runs the machine.
#[derive(Clone)]
pub struct Operator {
    pub(crate) store: Store,
    pub(crate) writer: Writer,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
}

impl Operator {
    /// Opens the store. The lifecycle's `finish` waits for what was written.
    pub async fn open(
        config: &Config,
        lifecycle: &Lifecycle,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        let store = Store::open(config).await?;
        let (writer, writing) = Writer::start(&store, Setting::unlimited(&clock), Hub::new())?;
        lifecycle.spawn("writer", writing);
        Ok(Self {
            store,
            writer,
            clock,
            entropy,
        })
    }

    /// Makes the space, unless there is one. Says whether it was made.
    pub async fn init(&self, name: Label, about: About) -> Result<bool, OperatorError> {
        let (mut seal_key, mut epoch) = ([0; 32], [0; 8]);
        self.entropy.fill(&mut seal_key);
        self.entropy.fill(&mut epoch);
        // A positive number, so that it reads well in a database browser.
        let epoch = i64::from_be_bytes(epoch) & i64::MAX;
        Ok(self
            .writer
            .submit(Init {
                name,
                about,
                identity: SpaceIdentity::draw(&*self.entropy),
                seal_key,
                epoch,
            })
            .await?)
    }

    /// Says whether the database holds a space.
    pub async fn has_space(&self) -> Result<bool, OperatorError> {
        let key = self.store.read(|x| Box::pin(head::seal_key(x))).await?;
        Ok(key.is_some())
    }

    pub(crate) async fn deed<D: Deed>(&self, deed: D) -> Result<D::Reply, OperatorError> {
        Ok(self
            .writer
            .submit(Signed {
                by: By::Operator,
                acting_for: None,
                address: None,
                key: None,
                source: None,
                deed,
            })
            .await?)
    }

    async fn hash(&self, password: String) -> Result<String, OperatorError> {
        let entropy = Arc::clone(&self.entropy);
        let hashed =
            tokio::task::spawn_blocking(move || password::hash(&password, &*entropy)).await;
        Ok(hashed.map_err(|_| OperatorError::Stopped)??)
    }

    /// Makes an account.
    pub async fn add_member(&self, account: NewAccount) -> Result<Member, OperatorError> {
        let NewAccount {
            kind,
            name,
            display_name,
            roles,
            password,
        } = account;
        let password_hash = match password {
            Some(password) => Some(self.hash(password).await?),
            None => None,
        };
        self.deed(AddMember {
            kind,
            name,
            display_name,
            roles,
            password_hash,
        })
        .await
    }

    /// Gives a member a new password. Tokens they have stay valid.
    pub async fn set_password(
        &self,
        name: &MemberName,
        password: String,
    ) -> Result<(), OperatorError> {
        self.replace_password(name, password, false).await.map(drop)
    }

    /// Gives a member a new password, and ends their tokens when that is wanted. Returns how many ended.
    pub async fn replace_password(
        &self,
        name: &MemberName,
        password: String,
        signs_out: bool,
    ) -> Result<u64, OperatorError> {
        self.find(name).await?;
        let password_hash = self.hash(password).await?;
        self.deed(SetPassword {
            name: name.clone(),
            password_hash,
            signs_out,
        })
        .await
    }

    /// Gives or takes a role.
    pub async fn set_role(
        &self,
        name: &MemberName,
        role: Role,
        holds: bool,
    ) -> Result<Member, OperatorError> {
        self.find(name).await?;
        self.deed(SetRole {
            name: name.clone(),
            role,
            holds,
        })
        .await
    }

    /// Lists members in the order of their birth, after an id, at most `limit`.
    pub async fn members(&self, after: i64, limit: usize) -> Result<Vec<Member>, OperatorError> {
        let found = self
            .store
            .read(move |x| {
                Box::pin(async move {
                    let ids = member::ids_after(x, after, limit).await?;
                    member::by_ids(x, &ids).await
                })
            })
            .await?;
        Ok(found)
    }

    /// Finds a member by name.
    pub async fn find(&self, name: &MemberName) -> Result<Member, OperatorError> {
        let found = self.find_if_there(name).await?;
        found.ok_or_else(|| OperatorError::NoMember { name: name.clone() })
    }

    /// Returns whether a member of that name has a password.
    pub async fn has_password(&self, name: &MemberName) -> Result<bool, OperatorError> {
        let name = name.clone();
        let found = self
            .store
            .read(move |x| Box::pin(async move { member::password(x, &name).await }))
            .await?;
        Ok(found.is_some_and(|(_, hash)| hash.is_some()))
    }

    /// Finds a member by name; `None` when nobody has it.
    pub async fn find_if_there(&self, name: &MemberName) -> Result<Option<Member>, OperatorError> {
        let asked = name.clone();
        let found = self
            .store
            .read(move |x| {
                Box::pin(async move {
                    match member::by_name(x, &asked).await? {
                        Some(id) => member::by_id(x, id).await,
                        None => Ok(None),
                    }
                })
            })
            .await?;
        Ok(found)
    }

    /// Makes a token for a member.
    pub async fn create_token(
        &self,
        name: &MemberName,
        label: Label,
        capabilities: Capabilities,
        expires_at: Option<Timestamp>,
    ) -> Result<NewToken, OperatorError> {
        let of = self.find(name).await?.id;
        let token = password::new_token(&*self.entropy);
        let hash = token_hash(&token);
        let id = self
            .deed(CreateToken {
                of,
                hash,
                label,
                capabilities,
                ends: expires_at.map_or(Ends::Never, Ends::At),
            })
            .await?;
        Ok(NewToken { id, token })
    }

    /// Lists a member's tokens, without the tokens.
    pub async fn tokens(&self, name: &MemberName) -> Result<Vec<TokenLine>, OperatorError> {
        let of = self.find(name).await?.id;
        let tokens = self
            .store
            .read(move |x| Box::pin(token::of_member(x, of)))
            .await?;
        Ok(tokens.into_iter().map(|token| token.line(None)).collect())
    }

    /// Revokes a member's token.
    pub async fn revoke_token(&self, name: &MemberName, id: TokenId) -> Result<(), OperatorError> {
        if !self.tokens(name).await?.iter().any(|token| token.id == id) {
            let name = name.clone();
            return Err(OperatorError::NoToken { name, id });
        }
        let of = self.find(name).await?.id;
        self.deed(RevokeToken { of, id }).await
    }

    /// Makes a category.
    pub async fn create_category(&self, new: NewCategory) -> Result<Category, OperatorError> {
        let parent = match &new.parent {
            Some(slug) => Some(self.category_id(slug).await?),
            None => None,
        };
        let access = self.access(&new.open_to).await?;
        self.deed(CreateCategory {
            parent,
            slug: new.slug,
            name: new.name,
            about: new.about,
            colour: new.colour,
            language: new.language,
            access: Some(access),
        })
        .await
    }

    /// Opens or closes a category.
    pub async fn set_access(
        &self,
        slug: &Slug,
        open_to: &OpenTo,
    ) -> Result<Category, OperatorError> {
        let category = self.category_id(slug).await?;
        let access = self.access(open_to).await?;
        self.deed(SetAccess {
            category,
            set: protocol::SetAccess { access },
        })
        .await
    }

    /// Edits a category: its names, description, colour and place.
    pub async fn edit_category(
        &self,
        slug: &Slug,
        edit: CategoryEdit,
    ) -> Result<Category, OperatorError> {
        let category = self.category_id(slug).await?;
        self.deed(EditCategory { category, edit }).await
    }

    /// Lists all categories with who may do what in them, in the order in which they are shown.
    pub async fn categories(&self) -> Result<Vec<(Category, Access)>, OperatorError> {
        let read = self.store.read(|x| {
            Box::pin(async move { Ok((category::all(x).await?, category::all_access(x).await?)) })
        });
        let (all, mut access) = read.await?;
        let with_access = |category: Category| {
            let access = access.remove(&category.id).unwrap_or_default();
            (category, access)
        };
        Ok(all.into_iter().map(with_access).collect())
    }

    async fn category_id(&self, slug: &Slug) -> Result<CategoryId, OperatorError> {
        let asked = slug.clone();
        let found = self
            .store
            .read(move |x| Box::pin(async move { category::by_slug(x, asked.as_str()).await }))
            .await?;
        found.ok_or_else(|| OperatorError::NoCategory { slug: slug.clone() })
    }

    async fn access(&self, open_to: &OpenTo) -> Result<Access, OperatorError> {
        let audiences = match open_to {
            OpenTo::Everyone => return Ok(Access::open()),
            OpenTo::Members => vec![Audience::Members],
            OpenTo::Staff => vec![Audience::Staff],
            OpenTo::Groups(slugs) => {
                let mut groups = Vec::new();
                for slug in slugs {
                    groups.push(Audience::Group(self.group_id(slug).await?));
                }
                groups
            }
        };
        let rules = audiences.into_iter().map(|audience| AccessRule {
            audience,
            level: Level::Start,
        });
        Ok(Access {
            rules: rules.collect(),
        })
    }

    /// Makes a group.
    pub async fn create_group(
        &self,
        slug: Slug,
        name: Label,
        is_closed: bool,
    ) -> Result<Group, OperatorError> {
        self.deed(CreateGroup {
            slug,
            name,
            is_closed,
        })
        .await
    }

    /// Puts a member in a group, or takes them out.
    pub async fn set_group_member(
        &self,
        slug: &Slug,
        name: &MemberName,
        is_in: bool,
    ) -> Result<(), OperatorError> {
        let group = self.group_id(slug).await?;
        let member = self.find(name).await?.id;
        self.deed(SetGroupMember {
            group,
            member,
            is_in,
        })
        .await
    }

    /// Lists all groups with who is in them, oldest first.
    pub async fn groups(&self) -> Result<Vec<(Group, Vec<Member>)>, OperatorError> {
        let read = self.store.read(|x| {
            Box::pin(async move {
                let mut all = Vec::new();
                for id in group::all_ids(x).await? {
                    let Some(group) = group::by_id(x, id).await? else {
                        continue;
                    };
                    let members = group::members(x, id).await?;
                    let ids: Vec<i64> = members.iter().map(|member| member.get()).collect();
                    all.push((group, member::by_ids(x, &ids).await?));
                }
                Ok(all)
            })
        });
        Ok(read.await?)
    }

    async fn group_id(&self, slug: &Slug) -> Result<GroupId, OperatorError> {
        let asked = slug.clone();
        let found = self
            .store
            .read(move |x| Box::pin(async move { group::by_slug(x, asked.as_str()).await }))
            .await?;
        found.ok_or_else(|| OperatorError::NoGroup { slug: slug.clone() })
    }
}
