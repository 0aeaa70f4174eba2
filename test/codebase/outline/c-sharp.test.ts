import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `using System;
using static System.Math;
using Text = System.Text.Json;
global using Shop.Core;

namespace Shop.Orders;

[Serializable, Table("orders[]")]
public abstract partial class OrderService<T> : BaseService<T>, IDisposable where T : class, new()
{
    private readonly IStore _store, _other;
    public const int Limit = 10;
    public string Name { get; set; } = "none";
    protected int Size => _items.Count;
    public event EventHandler Changed;

    public OrderService(IStore store) : base(store) { }

    [HttpGet("{id}")]
    public async Task<Order> Find<R>(int id, string by = "name") where R : T
    {
        return null;
    }

    void Hidden() { }
    public delegate void Done(int count);
    internal enum State : byte { Open = 1, Closed }
}

public interface IStore : IDisposable
{
    Order Load(int id);
    int Count { get; }
}

public record Point(int X, string Label) : Shape(X);
file struct Local { public int A; }
`;

const outliner = await outlinerOf("c-sharp");
const outline = outliner.outline({ path: "src/order.cs", language: "c-sharp", text });

test("classes, records, properties and events; attributes are left out", () => {
  expect(symbolRows(outline)).toEqual([
    "6 + module Shop.Orders | namespace Shop.Orders",
    "9-28 + class OrderService <BaseService, IDisposable> | public abstract partial class OrderService<T> : BaseService<T>, IDisposable where T : class, new()",
    "11 - field OrderService._store | private readonly IStore _store, _other",
    "11 - field OrderService._other | private readonly IStore _store, _other",
    "12 + field OrderService.Limit | public const int Limit = 10",
    "13 + field OrderService.Name | public string Name { get; set; }",
    "14 + field OrderService.Size | protected int Size",
    "15 + field OrderService.Changed | public event EventHandler Changed",
    "17 + method OrderService.OrderService | public OrderService(IStore store) : base(store)",
    '20-23 + method OrderService.Find | public async Task<Order> Find<R>(int id, string by = "name") where R : T',
    "25 - method OrderService.Hidden | void Hidden()",
    "26 + type OrderService.Done | public delegate void Done(int count)",
    "27 + enum OrderService.State | internal enum State : byte",
    "27 + field State.Open | Open = 1",
    "27 + field State.Closed | Closed",
    "30-34 + interface IStore <IDisposable> | public interface IStore : IDisposable",
    "32 + method IStore.Load | Order Load(int id)",
    "33 + field IStore.Count | int Count { get; }",
    "36 + class Point <Shape> | public record Point(int X, string Label) : Shape(X)",
    "36 + field Point.X | int X",
    "36 + field Point.Label | string Label",
    "37 - class Local | file struct Local",
    "37 - field Local.A | public int A",
  ]);
});

test("usings; a global one is handed on", () => {
  expect(importRows(outline)).toEqual([
    "1 System: *",
    "2 System.Math: *",
    "3 System.Text.Json: *",
    "4 → Shop.Core: *",
  ]);
});
