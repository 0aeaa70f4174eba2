import { expect, test } from "@jest/globals";
import { findTables } from "../../../src/codebase/facts/find-tables.ts";
import { givenCodebase } from "../conventions/given-codebase.ts";

const show = async (texts: Readonly<Record<string, string>>): Promise<string[]> =>
  (await findTables(givenCodebase({ files: texts }))).map(
    ({ name, columns, path, line, by }) =>
      `${name}(${columns.map((column) => `${column.name} ${column.type}`.trim()).join(", ")}) ${by} ${path}:${line}`,
  );

const customs: readonly (readonly [string, string, string, string])[] = [
  [
    "SQL, with comments, constraints and a later column",
    "schema.sql",
    "CREATE TABLE IF NOT EXISTS public.\"signals\" (\n  id UUID PRIMARY KEY, -- a comma, here\n  kind VARCHAR(20) NOT NULL DEFAULT 'a,b',\n  amount NUMERIC(10, 2),\n  UNIQUE (kind)\n);\nALTER TABLE signals ADD COLUMN seen_at TIMESTAMP;",
    "signals(id UUID, kind VARCHAR(20), amount NUMERIC(10, 2), seen_at TIMESTAMP) sql schema.sql:1",
  ],
  [
    "SQL in the string of a program",
    "store.ts",
    "db.exec(`CREATE TABLE runs (\n  id INTEGER PRIMARY KEY,\n  state TEXT\n)`);",
    "runs(id INTEGER, state TEXT) sql store.ts:1",
  ],
  [
    "SQLAlchemy",
    "models.py",
    'class Signal(Base):\n    __tablename__ = "signals"\n    id = Column(Integer, primary_key=True)\n    kind: Mapped[str] = mapped_column(String(20))\n    note: Mapped[str | None]\n\n\nclass Other:\n    x = 1\n',
    "signals(id Integer, kind String, note str | None) mapper models.py:1",
  ],
  [
    "Django",
    "shop/models.py",
    'class Order(models.Model):\n    total = models.DecimalField(max_digits=8)\n    buyer = models.ForeignKey("User", on_delete=models.CASCADE)\n',
    "shop_order(total DecimalField, buyer ForeignKey) mapper shop/models.py:1",
  ],
  [
    "Alembic",
    "migrations/versions/1.py",
    'op.create_table(\n    "users",\n    sa.Column("id", sa.Integer, primary_key=True),\n    sa.Column("email", sa.Text()),\n)\n',
    "users(id Integer, email Text) migration migrations/versions/1.py:1",
  ],
  [
    "Peewee",
    "models.py",
    "from peewee import Model, CharField\n\nclass Person(Model):\n    name = CharField()\n",
    "person(name CharField) mapper models.py:3",
  ],
  [
    "TypeORM",
    "user.entity.ts",
    '@Entity("users")\nexport class User {\n  @PrimaryGeneratedColumn()\n  id: number;\n\n  @Column({ nullable: true })\n  email: string;\n}\n',
    "users(id number, email string) mapper user.entity.ts:1",
  ],
  [
    "Drizzle",
    "schema.ts",
    'export const users = pgTable("users", {\n  id: serial("id").primaryKey(),\n  fullName: text("full_name"),\n});\n',
    "users(id serial, full_name text) mapper schema.ts:1",
  ],
  [
    "Knex",
    "migrations/1.js",
    'exports.up = (knex) => knex.schema.createTable("runs", (table) => {\n  table.increments("id");\n  table.string("state").notNullable();\n});\n',
    "runs(id increments, state string) migration migrations/1.js:1",
  ],
  [
    "Sequelize",
    "run.js",
    'const Run = sequelize.define("run", { state: DataTypes.STRING, at: { type: DataTypes.DATE } });\n',
    "run(state STRING, at DATE) mapper run.js:1",
  ],
  [
    "Prisma",
    "schema.prisma",
    'model Run {\n  id    Int    @id\n  state String\n\n  @@map("runs")\n}\n',
    "runs(id Int, state String) mapper schema.prisma:1",
  ],
  [
    "Rails",
    "db/schema.rb",
    '  create_table "stories", force: :cascade do |t|\n    t.string "title"\n    t.references :user\n    t.index ["title"]\n  end\n',
    "stories(title string, user_id references) sql db/schema.rb:1",
  ],
  [
    "Diesel",
    "src/schema.rs",
    "diesel::table! {\n    users (id) {\n        id -> Int4,\n        name -> Varchar,\n    }\n}\n",
    "users(id Int4, name Varchar) mapper src/schema.rs:1",
  ],
  [
    "GORM",
    "user.go",
    'type User struct {\n\tID   uint   `gorm:"primaryKey"`\n\tFullName string `gorm:"column:full_name"`\n}\n',
    "users(id uint, full_name string) mapper user.go:1",
  ],
  [
    "JPA",
    "Pet.java",
    '@Entity\n@Table(name = "pets")\npublic class Pet extends NamedEntity {\n  @Column(name = "birth_date")\n  private LocalDate birthDate;\n  private String name;\n}\n',
    "pets(birth_date LocalDate, name String) mapper Pet.java:1",
  ],
  [
    "Laravel",
    "database/migrations/1.php",
    "Schema::create('users', function (Blueprint $table) {\n  $table->id();\n  $table->string('email');\n});\n",
    "users(email string) migration database/migrations/1.php:1",
  ],
  [
    "Entity Framework",
    "Migrations/1.cs",
    'migrationBuilder.CreateTable(\n  name: "Users",\n  columns: table => new { Id = table.Column<int>(), Email = table.Column<string>() });\n',
    "Users(Id int, Email string) migration Migrations/1.cs:1",
  ],
];

test.each(customs)("%s", async (_custom, path, text, expected) => {
  expect(await show({ [path]: text })).toEqual([expected]);
});

test("the product's come before those of tests, and documents declare none", async () => {
  const sql = "CREATE TABLE a (\n  id INT\n);";
  const found = await show({ "tests/a.sql": sql, "z.sql": sql, "README.md": sql });
  expect(found).toEqual(["a(id INT) sql z.sql:1", "a(id INT) sql tests/a.sql:1"]);
});

test.each([
  ["an unclosed table", "CREATE TABLE a ("],
  ["a table without a body", "CREATE TABLE a AS SELECT 1;"],
  ["a quote that is not closed", "CREATE TABLE a (id INT DEFAULT 'x"],
])("%s is left out without a fault", async (_what, text) => {
  expect(await show({ "a.sql": text })).toEqual([]);
});
