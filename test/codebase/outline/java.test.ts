import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `package com.example.shop;

import java.util.List;
import java.util.concurrent.*;
import static org.junit.Assert.assertEquals;

/** An order. */
@Entity(name = "order (one)")
public abstract class OrderService<T extends Order> extends BaseService<T>
    implements Closeable, Comparable<OrderService<T>> {
  private static final int LIMIT = 10;
  @Inject protected Repository repository, other;

  public OrderService(Repository repository) {
    this.repository = repository;
  }

  @Override
  @Transactional(readOnly = true)
  public <R> List<R> find(String id, int... pages) throws IOException {
    return null;
  }

  abstract void close();

  public enum State {
    OPEN("o") { void x() {} },
    CLOSED;
    private String code;
  }

  private static class Inner {}
}

interface Reader {
  int SIZE = 1;
  String read(int key);
}

public interface Writer extends Reader, java.io.Closeable {
  void write(String text);
  default void flush() {}
}

public record Point(int x, @NonNull String label) implements Shape {
  Point {}
  static Point origin() { return null; }
}

public @interface Marker { String value() default ""; }
`;

const outliner = await outlinerOf("java");
const outline = outliner.outline({ path: "src/order.java", language: "java", text });

test("classes, interfaces, records, enums and annotations with their members", () => {
  expect(symbolRows(outline)).toEqual([
    "9-33 + class OrderService <BaseService, Closeable, Comparable> | public abstract class OrderService<T extends Order> extends BaseService<T> implements Closeable, Comparable<OrderService<T>>",
    "11 - field OrderService.LIMIT | private static final int LIMIT = 10",
    "12 + field OrderService.repository | protected Repository repository, other",
    "12 + field OrderService.other | protected Repository repository, other",
    "14-16 + method OrderService.OrderService | public OrderService(Repository repository)",
    "20-22 + method OrderService.find | public <R> List<R> find(String id, int... pages) throws IOException",
    "24 - method OrderService.close | abstract void close()",
    "26-30 + enum OrderService.State | public enum State",
    '27 + field State.OPEN | OPEN("o")',
    "28 + field State.CLOSED | CLOSED",
    "29 - field State.code | private String code",
    "32 - class OrderService.Inner | private static class Inner",
    "35-38 - interface Reader | interface Reader",
    "36 - field Reader.SIZE | int SIZE = 1",
    "37 - method Reader.read | String read(int key)",
    "40-43 + interface Writer <Reader, java.io.Closeable> | public interface Writer extends Reader, java.io.Closeable",
    "41 + method Writer.write | void write(String text)",
    "42 + method Writer.flush | default void flush()",
    "45-48 + class Point <Shape> | public record Point(int x, @NonNull String label) implements Shape",
    "45 + field Point.x | int x",
    "45 + field Point.label | String label",
    "46 - method Point.Point | Point",
    "47 - method Point.origin | static Point origin()",
    "50 + interface Marker | public @interface Marker",
    '50 + method Marker.value | String value() default ""',
  ]);
});

test("imports: a class stays in the path, a member of it is a name", () => {
  expect(importRows(outline)).toEqual([
    "3 java.util.List: List",
    "4 java.util.concurrent: *",
    "5 org.junit.Assert: assertEquals",
  ]);
});
