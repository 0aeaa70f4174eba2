import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `#ifndef SHOP_ORDER_H
#define SHOP_ORDER_H
#include <vector>
#include "shop/store.h"

#define SHOP_LIMIT 10
#define SHOP_MAX(a, b) ((a) > (b) ? (a) : (b))

namespace shop::orders {

template <typename T>
class Order final : public Base<T>, private virtual io::Closer {
 public:
  explicit Order(int id, const char* name = "x") : id_(id) {}
  ~Order();
  virtual std::vector<T> find(int id) const = 0;
  bool operator==(const Order& other) const;
  using Rows = std::vector<T>;
  enum State { Open, Closed = 2 };

 protected:
  int limit = 3;

 private:
  int id_, *next_;
  struct Inner { int z; };
};

struct Point {
  double x, y;
  static Point origin();
};

enum class Color : int { Red, Green };

struct Announced;
typedef struct { int a; } Legacy;
typedef void (*Callback)(int);
using Names = std::vector<std::string>;
const int kLimit = 3;
static int hidden = 0;
int* load(const char* path);

namespace {
int local() { return 1; }
}
}  // namespace shop::orders

template <typename T>
std::vector<T> shop::orders::Order<T>::find(int id) const {
  return {};
}

#ifdef WINDOWS
void onlyThere();
#endif

extern "C" {
int legacy_call(void);
}
#endif
`;

const outliner = await outlinerOf("cpp");
const outline = outliner.outline({ path: "src/order.cpp", language: "cpp", text });

test("classes with sections, definitions outside of them, typedefs and macros", () => {
  expect(symbolRows(outline)).toEqual([
    "6 + constant SHOP_LIMIT | #define SHOP_LIMIT 10",
    "7 + function SHOP_MAX | #define SHOP_MAX(a, b)",
    "9-47 + module shop::orders | namespace shop::orders",
    "12-27 + class shop::orders.Order <Base, io::Closer> | class Order final : public Base<T>, private virtual io::Closer",
    '14 + method Order.Order | explicit Order(int id, const char* name = "x")',
    "15 + method Order.~Order | ~Order()",
    "16 + method Order.find | virtual std::vector<T> find(int id) const = 0",
    "17 + method Order.operator== | bool operator==(const Order& other) const",
    "18 + type Order.Rows | using Rows = std::vector<T>",
    "19 + enum Order.State | enum State",
    "19 + field State.Open | Open",
    "19 + field State.Closed | Closed = 2",
    "22 + field Order.limit | int limit = 3",
    "25 - field Order.id_ | int id_, *next_",
    "25 - field Order.next_ | int id_, *next_",
    "26 - class Order.Inner | struct Inner",
    "26 - field Inner.z | int z",
    "29-32 + class shop::orders.Point | struct Point",
    "30 + field Point.x | double x, y",
    "30 + field Point.y | double x, y",
    "31 + method Point.origin | static Point origin()",
    "34 + enum shop::orders.Color | enum class Color : int",
    "34 + field Color.Red | Red",
    "34 + field Color.Green | Green",
    "37 + class shop::orders.Legacy | typedef struct",
    "37 + field Legacy.a | int a",
    "38 + type shop::orders.Callback | typedef void (*Callback)(int)",
    "39 + type shop::orders.Names | using Names = std::vector<std::string>",
    "40 + constant shop::orders.kLimit | const int kLimit = 3",
    "41 - variable shop::orders.hidden | static int hidden = 0",
    "42 + function shop::orders.load | int* load(const char* path)",
    "45 - function shop::orders.local | int local()",
    "50-52 + method Order.find | std::vector<T> shop::orders::Order<T>::find(int id) const",
    "55 + function onlyThere | void onlyThere()",
    "59 + function legacy_call | int legacy_call(void)",
  ]);
});

test("includes; those in quotes begin with a dot", () => {
  expect(importRows(outline)).toEqual(["3 vector: *", "4 ./shop/store.h: *"]);
});

test("macros that hide a declaration are looked through", () => {
  const hidden = `FMT_BEGIN_NAMESPACE
namespace detail {
class FMT_API writer : public base {
 public:
  FMT_INLINE FMT_CONSTEXPR auto size(int a) -> int { return a; }
};
}
FMT_API void vprint(string_view text);
`;
  const read = outliner.outline({ path: "src/fmt.h", language: "cpp", text: hidden });
  expect(symbolRows(read)).toEqual([
    "2-7 + module detail | namespace detail",
    "3-6 + class detail.writer <base> | class FMT_API writer : public base",
    "5 + method writer.size | auto size(int a) -> int",
    "8 + function vprint | void vprint(string_view text)",
  ]);
});
