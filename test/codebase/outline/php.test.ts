import { expect, test } from "@jest/globals";
import { importRows, outlinerOf, symbolRows } from "./outline-rows.ts";

const text = `<?php

declare(strict_types=1);

namespace Shop\\Orders;

use Psr\\Log\\LoggerInterface;
use Shop\\{Store as Shelf, Model\\Order, function helper};
use function Shop\\format;

require_once __DIR__ . '/../bootstrap.php';
include 'legacy.php';

const LIMIT = 10;
define('VERSION', '1.0');

#[Attribute(Attribute::TARGET_CLASS)]
abstract class OrderService extends BaseService implements Countable, \\JsonSerializable
{
    use Logs, Caches;

    public const STATE_OPEN = 'open';
    private ?array $items = [], $more;
    protected static int $count = 0;

    public function __construct(private readonly Store $store, int $limit = 10)
    {
    }

    #[Route('/find')]
    abstract public function find(int $id, string ...$fields): ?Order;

    private static function hidden(): void {}

    function plain() {}
}

interface Readable extends A, B
{
    public function read(): string;
}

trait Logs
{
    protected $logger;
}

enum Suit: string implements HasLabel
{
    case Hearts = 'H';
    const Wild = self::Hearts;
}

function format(int $value): string
{
    return '';
}

if (!function_exists('helper')) {
    function helper() {}
}
`;

const outliner = await outlinerOf("php");
const outline = outliner.outline({ path: "src/order.php", language: "php", text });

test("classes, traits, enums and promoted properties; traits in use are bases", () => {
  expect(symbolRows(outline)).toEqual([
    "5 + module Shop\\Orders | namespace Shop\\Orders",
    "14 + constant LIMIT | const LIMIT = 10",
    "15 + constant VERSION | define('VERSION', '1.0')",
    "18-36 + class OrderService <BaseService, Countable, \\JsonSerializable, Logs, Caches> | abstract class OrderService extends BaseService implements Countable, \\JsonSerializable",
    "22 + constant OrderService.STATE_OPEN | public const STATE_OPEN = 'open'",
    "23 - field OrderService.items | private ?array $items = [], $more",
    "23 - field OrderService.more | private ?array $items = [], $more",
    "24 + field OrderService.count | protected static int $count = 0",
    "26-28 + method OrderService.__construct | public function __construct(private readonly Store $store, int $limit = 10)",
    "26 - field OrderService.store | private readonly Store $store",
    "31 + method OrderService.find | abstract public function find(int $id, string ...$fields): ?Order",
    "33 - method OrderService.hidden | private static function hidden(): void",
    "35 + method OrderService.plain | function plain()",
    "38-41 + interface Readable <A, B> | interface Readable extends A, B",
    "40 + method Readable.read | public function read(): string",
    "43-46 + class Logs | trait Logs",
    "45 + field Logs.logger | protected $logger",
    "48-52 + enum Suit <HasLabel> | enum Suit: string implements HasLabel",
    "50 + field Suit.Hearts | case Hearts = 'H'",
    "51 + constant Suit.Wild | const Wild = self::Hearts",
    "54-57 + function format | function format(int $value): string",
    "60 + function helper | function helper()",
  ]);
});

test("uses by whole names, and files beside this one", () => {
  expect(importRows(outline)).toEqual([
    "7 Psr\\Log\\LoggerInterface: LoggerInterface",
    "8 Shop\\Store: Store",
    "8 Shop\\Model\\Order: Order",
    "8 Shop\\helper: helper",
    "9 Shop\\format: format",
    "11 ./../bootstrap.php: *",
    "12 legacy.php: *",
  ]);
});
