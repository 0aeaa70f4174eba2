import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `'use strict'

const fs = require('node:fs')
const { join, resolve: where } = require('node:path')
const lazy = require('./lazy').load

const MAX = 100
let started = false

function fastify (options = {}) {
  const inner = require('./inner')
  return inner(options)
}

class Reply extends Base {
  static kind = 'reply'
  #sent = false
  constructor (res, request) { super(res) }
  get sent () { return this.#sent }
  async send (payload) {}
}

Reply.prototype.code = function (status) {
  return this
}

Reply.of = (res) => new Reply(res)

module.exports = fastify
module.exports.errors = { a: 1 }
exports.version = '1.0.0'
module.exports = {
  Reply,
  open: start,
  close () {},
  stop: function (reason) {}
}

if (process.env.DEBUG) {
  exports.debug = () => {}
}

import('./plugins.mjs').then(run)
`;

const outliner = await outlinerOf("javascript");
const outline = outliner.outline({ path: "src/order.js", language: "javascript", text });

test("functions, classes, prototypes and what CommonJS exports", () => {
  expect(symbolRows(outline)).toEqual([
    "7 - constant MAX | const MAX = 100",
    "8 - variable started | let started = false",
    "10-13 + function fastify | function fastify (options = {})",
    "15-21 + class Reply <Base> | class Reply extends Base",
    "16 + field Reply.kind | static kind = 'reply'",
    "17 - field Reply.#sent | #sent = false",
    "18 + method Reply.constructor | constructor (res, request)",
    "19 + field Reply.sent | get sent ()",
    "20 + method Reply.send | async send (payload)",
    "23-25 + method Reply.code | Reply.prototype.code = function (status)",
    "27 + method Reply.of | Reply.of = (res)",
    "30 + constant errors | module.exports.errors",
    "30 + field errors.a | a: 1",
    "31 + constant version | exports.version = '1.0.0'",
    "35 + function close | close ()",
    "36 + function stop | stop: function (reason)",
    "40 + function debug | exports.debug = ()",
  ]);
});

test("what is required or imported, wherever it stands", () => {
  expect(importRows(outline)).toEqual([
    "3 node:fs: *",
    "4 node:path: join, resolve",
    "5 ./lazy: load",
    "11 ./inner: *",
    "43 ./plugins.mjs: *",
  ]);
});
