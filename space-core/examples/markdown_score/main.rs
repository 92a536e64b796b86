// SPDX-FileCopyrightText: The Space authors
// SPDX-License-Identifier: MIT OR Apache-2.0

//! Measures how well [`to_markdown`](space_core::markup::html::to_markdown) gives back what the authors of a Discourse
//! forum wrote.
//!
//! ```text
//! cargo run --release -p space-core --features html --example markdown_score -- JSON-FOLDER RAW-FOLDER [SAMPLES]
//! ```
//!
//! The first folder holds topics as `/t/ID.json` gives them (HTML in `cooked`), the second the same topics as `/raw/ID`
//! does (what was written), with the same file names up to the ending. A post is in the measure when both have it and it
//! is an ordinary one: notices of what happened to a topic and hidden posts have no text of an author's in `cooked`.
//!
//! Of each post three things are compared, what the author wrote ([`written`]) with what our converter made of the HTML:
//!
//! 1. **text**: alike when the normalised Indel similarity ([`likeness`]) of the visible text is at least 0.95;
//! 2. **links**: the set of addresses that are linked to, pictures and mentions aside;
//! 3. **code**: the list of code blocks.
//!
//! Before, both are normalised. Every rule is there because Discourse changes or loses something on the way from what was
//! written to `cooked`, so that no converter could know better; none is there because ours does something in another way.
//! The rules stand in two places: what is done to what the author wrote, since only Discourse reads it so, is in
//! [`written`]; what is done to both is in [`normal`].
//!
//! `markdown_score --hostile` measures how the time grows with HTML that is made to be slow ([`hostile`]).
//!
//! Posts in which something differs are counted by cause ([`cause`]), with their names (`TOPIC/POST`).

mod cause;
mod facts;
mod hostile;
mod likeness;
mod normal;
mod score;
mod written;

use std::error::Error;
use std::path::Path;

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, rest @ ..] = arguments.as_slice()
        && first == "--hostile"
    {
        hostile::print(rest.first().map_or(Ok(400_000), |bytes| bytes.parse())?);
        return Ok(());
    }
    let [json, raw, rest @ ..] = arguments.as_slice() else {
        return Err(
            "expected a folder of topics as JSON and one of the same topics as raw text".into(),
        );
    };
    let samples = rest.first().map_or(Ok(0), |number| number.parse())?;
    let mut score = score::Score::default();
    let mut files: Vec<_> = std::fs::read_dir(json)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        let topic: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
        let name = file.file_name().unwrap_or_default();
        match std::fs::read_to_string(Path::new(raw).join(name).with_extension("md")) {
            Ok(text) => score.topic(&topic, &written::posts(&text)),
            Err(_) => score.without_twin(&topic),
        }
    }
    score.print(samples);
    Ok(())
}
