// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Code: every space counts, and colours where they are known.

use std::sync::Arc;

use super::paper::{Colouring, Colours, Paper, Snippet, Wish};
use crate::doc::{Role, Span};
use crate::text::bidi::words;
use crate::text::clean;
use crate::text::wrap::wrap_code;

/// Bytes of code that is coloured at most: beyond that colours cost more than they help.
const LONGEST: usize = 64 * 1024;

/// Returns the lines of a piece of code, each behind a margin of two columns, and the wish for its colours if they are
/// not known yet.
pub(super) fn lines(
    code: &str,
    language: Option<&str>,
    columns: usize,
    paper: &Paper<'_>,
) -> (Vec<Vec<Span>>, Option<Wish>) {
    let code = clean::block(code);
    let snippet = language
        .filter(|_| paper.extras.is_some() && code.len() <= LONGEST)
        .map(|language| {
            Arc::new(Snippet {
                language: language.to_owned(),
                code: code.clone().into_owned(),
            })
        });
    let known = snippet
        .as_ref()
        .and_then(|snippet| paper.extras?.colours.get(snippet));
    let spans = match known {
        Some(Colouring::Known(colours)) => coloured(&code, colours),
        _ => vec![Span::new(Role::Code, &*code)],
    };
    let wish = match known {
        None | Some(Colouring::Asked) => snippet.clone().map(Wish::Colours),
        Some(Colouring::Known(_)) => None,
    };
    let mut rows = Vec::new();
    for line in split(spans) {
        let line = paper.marked(line);
        let line = if paper.orders_rtl { words(line) } else { line };
        for (at, mut row) in wrap_code(&line, columns).into_iter().enumerate() {
            // What was one line shows that it is.
            let margin = if at == 0 { "  " } else { "↳ " };
            row.insert(0, Span::new(Role::Quiet, margin));
            rows.push(row);
        }
    }
    (rows, wish)
}

/// Parts spans into lines.
fn split(spans: Vec<Span>) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    for span in spans {
        for (at, text) in span.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let (Some(line), false) = (lines.last_mut(), text.is_empty()) {
                let mut piece = span.clone_empty();
                piece.text.push_str(text);
                line.push(piece);
            }
        }
    }
    lines
}

fn coloured(code: &str, colours: &Colours) -> Vec<Span> {
    let mut spans = Vec::with_capacity(colours.len());
    let mut rest = code;
    for (bytes, role) in colours {
        // Colours of another text would be a fault; the text itself stays whole whatever they say.
        let Some((piece, after)) = rest.split_at_checked(*bytes) else {
            break;
        };
        spans.push(Span::new(*role, piece));
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(Span::new(Role::Code, rest));
    }
    spans
}
