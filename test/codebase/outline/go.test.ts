import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `package server

import (
	"context"
	nethttp "net/http"

	. "example.com/shop/internal/dot"
	_ "example.com/shop/driver"
)
import "fmt"

// Limit is the most that is served.
const Limit = 100

const (
	StateOpen State = iota
	stateClosed
)

var ErrClosed, errBusy = errors.New("closed"), errors.New("busy")

type State int

type Handler func(ctx context.Context) error

type Store interface {
	io.Closer
	Load(ctx context.Context, id string) (*Order, error)
	size() int
}

type Engine[T any] struct {
	RouterGroup
	*sync.Mutex
	Name, alias string \`json:"name"\`
	handlers map[string]func(x int) error // by path
}

type (
	Pair  struct{ A, B int }
	Names = []string
)

func New[T any](name string,
	options ...Option,
) (*Engine[T], error) {
	type local struct{}
	return nil, nil
}

func (e *Engine[T]) Run(address ...string) (err error) { return }

func (Pair) swap() {}
`;

const outliner = await outlinerOf("go");
const outline = outliner.outline({ path: "src/order.go", language: "go", text });

test("types with their members and embedded types, methods with their receivers, values one by one", () => {
  expect(symbolRows(outline)).toEqual([
    "13 + constant Limit | const Limit = 100",
    "16 + constant StateOpen | StateOpen State = iota",
    "17 - constant stateClosed | stateClosed",
    '20 + variable ErrClosed | var ErrClosed, errBusy = errors.New("closed"), errors.New("busy")',
    '20 - variable errBusy | var ErrClosed, errBusy = errors.New("closed"), errors.New("busy")',
    "22 + type State | type State int",
    "24 + type Handler | type Handler func(ctx context.Context) error",
    "26-30 + interface Store <io.Closer> | type Store interface",
    "28 + method Store.Load | Load(ctx context.Context, id string) (*Order, error)",
    "29 - method Store.size | size() int",
    "32-37 + class Engine <RouterGroup, sync.Mutex> | type Engine[T any] struct",
    "35 + field Engine.Name | Name, alias string",
    "35 - field Engine.alias | Name, alias string",
    "36 - field Engine.handlers | handlers map[string]func(x int) error",
    "40 + class Pair | Pair struct",
    "40 + field Pair.A | A, B int",
    "40 + field Pair.B | A, B int",
    "41 + type Names | Names = []string",
    "44-49 + function New | func New[T any](name string, options ...Option) (*Engine[T], error)",
    "51 + method Engine.Run | func (e *Engine[T]) Run(address ...string) (err error)",
    "53 - method Pair.swap | func (Pair) swap()",
  ]);
});

test("imports with the alias as their name", () => {
  expect(importRows(outline)).toEqual([
    "4 context: *",
    "5 net/http: nethttp",
    "7 example.com/shop/internal/dot: .",
    "8 example.com/shop/driver: _",
    "10 fmt: *",
  ]);
});
