import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `//! A store.
use std::{
    collections::HashMap,
    io::{self, Read as R, *},
};
use crate::config::Settings;
pub use self::inner::Visible;
extern crate serde;

mod reader;
pub mod writer;

pub const LIMIT: usize = 10;
static mut COUNT: u32 = 0;
pub type Rows = Vec<Row>;

/// A row.
#[derive(Debug, Clone)]
pub struct Row<T: Clone = String>
where
    T: Send,
{
    pub id: u64,
    value: Option<T>, // hidden
}

pub(crate) struct Pair(pub i32, String);

pub enum State {
    Open,
    Closed(i32),
    Failed { reason: String },
}

pub trait Store: Send + fmt::Debug {
    type Item;
    const MAX: usize = 1;
    fn load(&self, id: u64) -> Option<Self::Item>;
    fn close(&mut self) {}
}

impl<T: Clone> Store for Row<T> {
    type Item = T;
    fn load(&self, id: u64) -> Option<T> {
        use std::cmp::min;
        None
    }
}

impl<T> Row<T> {
    pub async fn new(
        id: u64,
        value: T,
    ) -> Result<Self, Error> {
        todo!()
    }
    fn hidden() {}
}

#[macro_export]
macro_rules! rows {
    () => {};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads() {}
}
`;

const outliner = await outlinerOf("rust");
const outline = outliner.outline({ path: "src/order.rs", language: "rust", text });

test("types, traits and implementations; a trait that is implemented is a base of its type", () => {
  expect(symbolRows(outline)).toEqual([
    "13 + constant LIMIT | pub const LIMIT: usize = 10",
    "14 - variable COUNT | static mut COUNT: u32 = 0",
    "15 + type Rows | pub type Rows = Vec<Row>",
    "19-25 + class Row <Store> | pub struct Row<T: Clone = String> where T: Send",
    "23 + field Row.id | pub id: u64",
    "24 - field Row.value | value: Option<T>",
    "27 + class Pair | pub(crate) struct Pair(pub i32, String)",
    "29-33 + enum State | pub enum State",
    "30 + field State.Open | Open",
    "31 + field State.Closed | Closed(i32)",
    "32 + field State.Failed | Failed { reason: String }",
    "35-40 + interface Store <Send, fmt::Debug> | pub trait Store: Send + fmt::Debug",
    "36 + type Store.Item | type Item",
    "37 + constant Store.MAX | const MAX: usize = 1",
    "38 + method Store.load | fn load(&self, id: u64) -> Option<Self::Item>",
    "39 + method Store.close | fn close(&mut self)",
    "43 + type Row.Item | type Item = T",
    "44-47 + method Row.load | fn load(&self, id: u64) -> Option<T>",
    "51-56 + method Row.new | pub async fn new(id: u64, value: T) -> Result<Self, Error>",
    "57 - method Row.hidden | fn hidden()",
    "61-63 + function rows | macro_rules! rows",
    "66-71 - module tests | mod tests",
    "70 - function tests.loads | fn loads()",
  ]);
});

test("use trees flat, modules of files handed on", () => {
  expect(importRows(outline)).toEqual([
    "2 std::collections: HashMap",
    "2 std::io: self, Read, *",
    "6 crate::config: Settings",
    "7 → self::inner: Visible",
    "8 serde: *",
    "10 → mod:reader: *",
    "11 → mod:writer: *",
    "45 std::cmp: min",
    "67 super: *",
  ]);
});
