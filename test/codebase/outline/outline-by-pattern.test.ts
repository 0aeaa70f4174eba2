import { expect, test } from "@jest/globals";
import { outlineByPattern } from "../../../src/codebase/outline/outline-by-pattern.ts";
import { importRows, symbolRows } from "./outline-rows.ts";

type Case = { path: string; text: string; symbols: string[]; imports: string[] };

const cases: Case[] = [
  {
    path: "src/order.kt",
    text: `package com.example

import com.example.store.Store
import com.example.all.*

@Entity
data class Order(
    val id: Long,
    private val name: String = "class Hidden",
) : Base(id), Closeable {
    private val cache: Map<String, Int> = mapOf()

    override suspend fun <T> load(path: String): T {
        fun local() {}
        return read(path)
    }

    companion object {
        const val LIMIT = 10
    }
}

sealed interface Shape : Drawable {
    fun draw()
}

enum class State { OPEN, CLOSED }

internal fun String.shout(): String = uppercase()
typealias Rows = List<Row>
`,
    symbols: [
      "7-21 + class Order | data class Order",
      "8 + field Order.id | val id: Long",
      '9 - field Order.name | private val name: String = "class Hidden"',
      "11 - field Order.cache | private val cache: Map<String, Int> = mapOf()",
      "13-16 + method Order.load | override suspend fun <T> load(path: String): T",
      "19 + field Order.LIMIT | const val LIMIT = 10",
      "23-25 + interface Shape <Drawable> | sealed interface Shape : Drawable",
      "24 + method Shape.draw | fun draw()",
      "27 + enum State | enum class State",
      "29 + function shout | internal fun String.shout(): String = uppercase()",
      "30 + type Rows | typealias Rows = List<Row>",
    ],
    imports: ["3 com.example.store.Store: Store", "4 com.example.all: *"],
  },
  {
    path: "src/order.swift",
    text: `import Foundation

public protocol Store: AnyObject {
    func load(id: Int) throws -> Order
}

final class OrderStore: BaseStore, Store {
    private let cache: [Int: Order] = [:]
    init(url: URL) {
        self.url = url
    }
    public func load(id: Int) throws -> Order {
        let local = 1
    }
}

extension OrderStore: Codable {
    static func make() -> OrderStore { }
}

enum State: String {
    case open
}
`,
    symbols: [
      "3-5 + interface Store <AnyObject> | public protocol Store: AnyObject",
      "4 + method Store.load | func load(id: Int) throws -> Order",
      "7-15 + class OrderStore <BaseStore, Store> | final class OrderStore: BaseStore, Store",
      "8 - field OrderStore.cache | private let cache: [Int: Order] = [:]",
      "9-11 + method OrderStore.init | init(url: URL)",
      "12-14 + method OrderStore.load | public func load(id: Int) throws -> Order",
      "18 + method OrderStore.make | static func make() -> OrderStore",
      "21-23 + enum State <String> | enum State: String",
    ],
    imports: ["1 Foundation: *"],
  },
  {
    path: "src/order.scala",
    text: `package shop

import shop.store.{Store, Row => R}
import shop.all._
import shop.config.Settings

case class Order(id: Long, name: String) extends Base(id) with Closeable {
  private val cache = Map.empty
  def load(path: String): Option[Row] = {
    val local = 1
  }
}

object Order {
  val Limit = 10
}

sealed trait Shape extends Drawable
`,
    symbols: [
      "7-12 + class Order <Base, Closeable> | case class Order(id: Long, name: String) extends Base(id) with Closeable",
      "8 - field Order.cache | private val cache = Map.empty",
      "9-11 + method Order.load | def load(path: String): Option[Row]",
      "14-16 + class Order | object Order",
      "15 + field Order.Limit | val Limit = 10",
      "18 + interface Shape <Drawable> | sealed trait Shape extends Drawable",
    ],
    imports: ["3 shop.store: Store, Row", "4 shop.all: *", "5 shop.config.Settings: Settings"],
  },
  {
    path: "src/order.dart",
    text: `import 'dart:async';
import 'package:shop/store.dart' show Store, Row;
export 'src/order.dart';

abstract class Order extends Base with Dated implements Closeable {
  final int id;
  static const limit = 10;

  Future<void> load(String path) async {
    return read(path);
  }

  void _hidden() {}
}

enum State { open, closed }

int main(List<String> arguments) {
  return 0;
}
`,
    symbols: [
      "5-14 + class Order <Base, Dated, Closeable> | abstract class Order extends Base with Dated implements Closeable",
      "6 + field Order.id | final int id",
      "7 + field Order.limit | static const limit = 10",
      "9-11 + method Order.load | Future<void> load(String path) async",
      "13 - method Order._hidden | void _hidden()",
      "16 + enum State | enum State",
      "18-20 + function main | int main(List<String> arguments)",
    ],
    imports: ["1 dart:async: *", "2 package:shop/store.dart: Store, Row", "3 → src/order.dart: *"],
  },
  {
    path: "src/order.vue",
    text: `<template>
  <div>{{ title }}</div>
</template>

<script>
export const shared = 1
</script>

<script setup lang="ts">
import { ref, type Ref } from "vue";
import Card from "./Card.vue";

const title: Ref<string> = ref("a");
function open(id: number): void {}
</script>

<style>
.a { color: red }
</style>
`,
    symbols: [
      "6 + constant shared | export const shared = 1",
      '13 - constant title | const title: Ref<string> = ref("a")',
      "14 - function open | function open(id: number): void",
    ],
    imports: ["10 vue: ref, Ref", "11 ./Card.vue: default"],
  },
];

test.each(cases)("$path is read by the look of its lines", ({ path, text, symbols, imports }) => {
  const outline = outlineByPattern({ path, language: null, text });
  expect({ symbols: symbolRows(outline), imports: importRows(outline) }).toEqual({
    symbols,
    imports,
  });
});
