import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `require "json"
require_relative "lib/store"
autoload :Later, "shop/later"

module Shop
  # An order.
  class Order < Base::Record
    include Comparable, Dated
    LIMIT = 10
    Line = Struct.new(:name, :price) do
      def total; end
    end

    attr_reader :id, :state

    def initialize(id, state: "open") # comes from outside
      require "late"
    end

    def self.find(id) = new(id)

    class << self
      def all; end
    end

    def valid?
      true
    end

    private

    attr_accessor :cache

    def load(path, *rest)
    end

    public def shown; end
    protected def guarded; end

    def again; end
    private :valid?
    private_constant :LIMIT
    alias_method :loaded, :load
  end

  class Missing < StandardError; end
end

def main(arguments)
end
`;

const outliner = await outlinerOf("ruby");
const outline = outliner.outline({ path: "src/order.rb", language: "ruby", text });

test("classes with sections, attributes, structs and included modules", () => {
  expect(symbolRows(outline)).toEqual([
    "5-47 + module Shop | module Shop",
    "7-44 + class Shop.Order <Base::Record, Comparable, Dated> | class Order < Base::Record",
    "9 - constant Order.LIMIT | LIMIT = 10",
    "10-12 + class Order.Line <Struct> | Line = Struct.new(:name, :price)",
    "10 + field Line.name | Line = Struct.new(:name, :price)",
    "10 + field Line.price | Line = Struct.new(:name, :price)",
    "11 + method Line.total | def total",
    "14 + field Order.id | attr_reader :id, :state",
    "14 + field Order.state | attr_reader :id, :state",
    '16-18 + method Order.initialize | def initialize(id, state: "open")',
    "20 + method Order.find | def self.find(id)",
    "23 + method Order.all | def all",
    "26-28 - method Order.valid? | def valid?",
    "32 - field Order.cache | attr_accessor :cache",
    "34-35 - method Order.load | def load(path, *rest)",
    "37 + method Order.shown | def shown",
    "38 + method Order.guarded | def guarded",
    "40 - method Order.again | def again",
    "43 - method Order.loaded | alias_method :loaded, :load",
    "46 + class Shop.Missing <StandardError> | class Missing < StandardError",
    "49-50 + function main | def main(arguments)",
  ]);
});

test("what is required; relative ones begin with a dot", () => {
  expect(importRows(outline)).toEqual([
    "1 json: *",
    "2 ./lib/store: *",
    "3 shop/later: Later",
    "17 late: *",
  ]);
});
