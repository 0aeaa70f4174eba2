import { expect, test } from "@jest/globals";
import { findRoutes } from "../../../src/codebase/facts/find-routes.ts";
import { plainPattern } from "../../../src/codebase/facts/routes/join-pattern.ts";
import { givenCodebase } from "../conventions/given-codebase.ts";

const show = async (path: string, text: string): Promise<string[]> =>
  (await findRoutes(givenCodebase({ files: { [path]: text } }))).map(
    ({ method, pattern, line }) => `${method} ${pattern} :${line}`,
  );

const customs: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    "Express, and no call of a client",
    "server.ts",
    'app.get("/users/:id", show);\naxios.get("/users", options);\nrouter.route("/runs").get(list).post(add);\n',
    ["GET /users/:id :1", "GET /runs :3", "POST /runs :3"],
  ],
  [
    "Fastify by options",
    "server.js",
    'fastify.route({\n  method: ["GET", "HEAD"],\n  url: "/health",\n  handler,\n});\n',
    ["GET /health :1", "HEAD /health :1"],
  ],
  [
    "Nest",
    "users.controller.ts",
    '@Controller("users")\nexport class Users {\n  @Get(":id")\n  show() {}\n\n  @Post()\n  add() {}\n}\n',
    ["GET /users/:id :3", "POST /users :6"],
  ],
  [
    "files of Next",
    "app/(shop)/api/users/[id]/route.ts",
    "export async function GET() {}\nexport const POST = add;\n",
    ["GET /api/users/[id] :1", "POST /api/users/[id] :2"],
  ],
  [
    "Flask",
    "server.py",
    'bp = Blueprint("auth", __name__, url_prefix="/auth")\n\n@bp.route("/login", methods=("GET", "POST"))\ndef login(): ...\n\napp.add_url_rule("/", endpoint="index")\n',
    ["GET /auth/login :3", "POST /auth/login :3", "GET / :6"],
  ],
  [
    "FastAPI",
    "api.py",
    'router = APIRouter(prefix="/users")\n\n@router.get("/{user_id}", response_model=User)\ndef show(): ...\n',
    ["GET /users/{user_id} :3"],
  ],
  [
    "Django",
    "urls.py",
    'urlpatterns = [\n    path("users/<int:id>/", show),\n    path("api/", include("api.urls")),\n]\n',
    ["ANY /users/<int:id> :2"],
  ],
  ["aiohttp", "web.py", 'app.add_routes([web.get("/ping", ping)])\n', ["GET /ping :1"]],
  [
    "Gin with groups, and net/http",
    "main.go",
    'v1 := r.Group("/v1")\nv1.POST("/runs", add)\nhttp.HandleFunc("/ping", ping)\nmux.Handle("DELETE /runs/{id}", remove)\n',
    ["POST /v1/runs :2", "ANY /ping :3", "DELETE /runs/{id} :4"],
  ],
  [
    "Axum and Rocket",
    "main.rs",
    'let app = Router::new().route("/users", get(list).post(add));\n\n#[delete("/users/<id>")]\nfn remove() {}\n',
    ["GET /users :1", "POST /users :1", "DELETE /users/<id> :3"],
  ],
  [
    "Spring",
    "Owners.java",
    '@RestController\n@RequestMapping("/owners")\nclass Owners {\n  @GetMapping("/{id}")\n  Owner show() {}\n\n  @RequestMapping(value = "/find", method = RequestMethod.POST)\n  Owner find() {}\n}\n',
    ["GET /owners/{id} :4", "POST /owners/find :7"],
  ],
  [
    "JAX-RS",
    "Pets.java",
    '@Path("/pets")\npublic class Pets {\n  @GET\n  @Path("/{id}")\n  public Pet show() { return null; }\n\n  @POST\n  public void add() {}\n}\n',
    ["GET /pets/{id} :3", "POST /pets :7"],
  ],
  [
    "Rails",
    "config/routes.rb",
    'Rails.application.routes.draw do\n  get "/about" => "home#about"\n  namespace :api do\n    post "login", to: "a#b"\n  end\nend\n',
    ["GET /about :2", "POST /api/login :4"],
  ],
  [
    "Laravel",
    "routes/web.php",
    "Route::get('/users/{id}', [Users::class, 'show']);\n",
    ["GET /users/{id} :1"],
  ],
  [
    "ASP.NET",
    "Users.cs",
    '[Route("api/[controller]")]\npublic class UsersController {\n  [HttpGet("{id}")]\n  public User Show() => null;\n}\n',
    ["GET /api/Users/{id} :3"],
  ],
];

test.each(customs)("%s", async (_custom, path, text, expected) => {
  expect(await show(path, text)).toEqual(expected);
});

test("resources of Rails stand for eight routes", async () => {
  expect(await show("routes.rb", "resources :stories\n")).toContain("PATCH /stories/:id :1");
});

test.each([
  ["/users/:id", "/users/{userId}"],
  ["users/<int:id>/", "/users/[id]"],
  ["/Users/:id?page=1", "/users/{id}"],
])("%s and %s are one route", (left, right) => {
  expect(plainPattern(left)).toBe(plainPattern(right));
});
