import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { detectIsolation, type IsolationAnswer } from "../../src/workspace/git/detect-isolation.ts";
import type { IsolationRoute } from "../../src/workspace/git/isolate-command.ts";
import type { Workspace, Worktree } from "../../src/workspace/port.ts";
import {
  createSample,
  demand,
  environment,
  limits,
  never,
  openSample,
  openTree,
  type Sample,
} from "./repository.ts";

const SECRET = "archwright-secret-of-the-caller";
const routes = ["user", "root", "sudo"] as const;
const answers = new Map<string, IsolationAnswer>();
for (const route of routes) {
  const possible = route === "user" || (route === "root") === (process.getuid?.() === 0);
  const none = { available: false, route: null, detail: "another route is this user's" };
  answers.set(route, possible ? await detectIsolation(undefined, [route]) : none);
}

/** Processes of the machine that run `sleep` for so many seconds. */
const countSleepers = (seconds: string): number =>
  readdirSync("/proc").filter((entry) => {
    try {
      return readFileSync(`/proc/${entry}/cmdline`, "utf8") === `sleep\0${seconds}\0`;
    } catch {
      return false;
    }
  }).length;

/** Registers tests where namespaces can be made; elsewhere one test that says so and checks the named outcome. */
const whereAvailable = (route: IsolationRoute, name: string, body: () => void) => {
  const answer = answers.get(route);
  if (answer?.available) describe(name, body);
  else {
    test(`${name}: not available here (${answer?.detail})`, async () => {
      const sample = createSample({ "a.txt": "a\n" });
      const workspace = await openSample(sample, { isolation: "namespaces", routes: [] });
      const opened = await workspace.open(demand(await workspace.resolve("HEAD")));
      expect(opened).toMatchObject({ ok: false, failure: { reason: "isolation-unavailable" } });
      sample.remove();
    });
  }
};

test("is available exactly where the system can make such namespaces", () => {
  // Asked of the system itself, so that a fault of ours does not pass for a machine without namespaces.
  const spaces = [
    "--user",
    "--map-root-user",
    "--mount",
    "--pid",
    "--net",
    "--ipc",
    "--uts",
    "--fork",
  ];
  const { status } = spawnSync("unshare", [...spaces, "--mount-proc", "true"], { stdio: "ignore" });
  const { available, detail } = answers.get("user") ?? { available: null };
  expect({ available, detail }).toEqual({
    available: status === 0,
    detail: expect.stringMatching(/./),
  });
});

test("without the programs it needs, isolation is unavailable, with the reason", async () => {
  const sample = createSample({ "a.txt": "a\n" });
  const bin = join(dirname(sample.directory), "bin");
  mkdirSync(bin);
  symlinkSync(
    environment.PATH.split(":")
      .map((folder) => join(folder, "git"))
      .find(existsSync) ?? "",
    join(bin, "git"),
  );
  const workspace = await openSample(sample, {
    isolation: "namespaces",
    environment: { ...environment, PATH: bin },
  });
  const opened = await workspace.open(demand(await workspace.resolve("HEAD")));
  expect(opened).toMatchObject({
    ok: false,
    failure: { reason: "isolation-unavailable", detail: expect.stringMatching(/setpriv|unshare/) },
  });
  sample.remove();
});

describe.each(routes)("made by %s", (route) => {
  whereAvailable(route, "a command in isolation", () => {
    let sample: Sample;
    let workspace: Workspace;
    let tree: Worktree;
    let home: string;
    let bystander: ChildProcess;
    let server: Server;
    let port: number;

    beforeAll(async () => {
      sample = createSample({ "a.txt": "a\n" });
      sample.write(".env", `KEY=${SECRET}\n`);
      sample.git("config", "remote.origin.url", `https://x:${SECRET}@example.org/x.git`);
      // Outside of the temporary folder, which is replaced as a whole.
      home = join(mkdtempSync("/var/tmp/archwright-home-"), "home of ada");
      mkdirSync(join(home, ".ssh"), { recursive: true });
      writeFileSync(join(home, ".ssh/id_rsa"), SECRET);
      bystander = spawn("sleep", ["600"], {
        env: { PATH: environment.PATH, SECRET },
        stdio: "ignore",
      });
      server = createServer((_, response) => response.end("host"));
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      port = (server.address() as AddressInfo).port;
      workspace = await openSample(sample, {
        isolation: "namespaces",
        routes: [route],
        storage: join(dirname(sample.directory), 'sto\'rage "$HOME" \\ ü'),
        environment: { ...environment, HOME: home },
        networkFor: ["setup"],
      });
      tree = await openTree(workspace);
    });
    afterAll(async () => {
      bystander.kill("SIGKILL");
      await new Promise((done) => server.close(done));
      await tree.close();
      sample.remove();
      rmSync(dirname(home), { recursive: true, force: true });
    });

    const run = (command: string, name = "unit", seconds = limits.seconds) =>
      tree.run(name, command, { ...limits, seconds }, never());
    const outputOf = async (command: string, name?: string) =>
      (await run(command, name)).output.trim();

    test("works in its folder, with its own home and temporary folder", async () => {
      const outcome = await run(
        'set -e; cat a.txt; echo made > made.txt; echo x > "$HOME/x"; echo x > "$TMPDIR/x"; pwd; node -e "console.log(1+1)"',
      );
      expect(outcome).toMatchObject({
        ended: "exited",
        exitCode: 0,
        output: `a\n${tree.directory}\n2\n`,
      });
      expect(readFileSync(join(tree.directory, "made.txt"), "utf8")).toBe("made\n");
      demand(await tree.remove("made.txt"));
      expect(await outputOf('ls "$HOME"')).toBe("x");
    });

    test("tells exit codes and signals", async () => {
      expect(await run("exit 7")).toMatchObject({ ended: "exited", exitCode: 7 });
      expect(await run("kill -SEGV $$")).toMatchObject({ ended: "exited", exitCode: 139 });
      expect(await run("no-such-program")).toMatchObject({ ended: "exited", exitCode: 127 });
    });

    test("is an ordinary user without any right", async () => {
      expect(await outputOf("id -u")).not.toBe("0");
      expect(
        await outputOf(
          "grep -h Cap /proc/self/status | grep -v CapBnd | tr -d '\\t' | cut -d: -f2 | sort -u",
        ),
      ).toBe("0000000000000000");
      expect(await outputOf("grep NoNewPrivs /proc/self/status | tr -dc 0-9")).toBe("1");
    });

    test("has only its own environment", async () => {
      const names = (await outputOf("env | cut -d= -f1 | sort")).split("\n");
      expect(names).toEqual([
        "CI",
        "GIT_CEILING_DIRECTORIES",
        "HOME",
        "LANG",
        "NO_COLOR",
        "PATH",
        "PWD",
        "TMPDIR",
      ]);
      expect(await outputOf("echo $PATH")).toBe(`${dirname(process.execPath)}:${environment.PATH}`);
    });

    test("sees no process of the machine, and so no environment of one", async () => {
      expect(readFileSync(`/proc/${bystander.pid}/environ`, "latin1")).toContain(SECRET);
      expect(await outputOf(`cat /proc/*/environ 2>/dev/null | grep -ac ${SECRET}`)).toBe("0");
      expect(Number(await outputOf("ls -d /proc/[0-9]* | wc -l"))).toBeLessThan(12);
      expect((await run(`kill -9 ${bystander.pid} ${process.pid}`)).exitCode).not.toBe(0);
      expect(bystander.exitCode).toBeNull();
    });

    test("finds no home, repository, storage or temporary file of the user", async () => {
      const places = `'${dirname(sample.directory)}' /tmp /var/tmp /run /home /mnt /media`;
      const found = await outputOf(`grep -rlF ${SECRET} ${places} 2>/dev/null`);
      expect(found).toBe("");
      expect(
        await outputOf(`cat '${home}/.ssh/id_rsa' '${sample.directory}/.git/config' 2>/dev/null`),
      ).toBe("");
      // Programs may lie below a home, as Node does where the project was cloned there; nothing else of it is to be seen.
      const programs = [dirname(process.execPath), ...(process.env.PATH ?? "").split(":")];
      const seen = await outputOf(
        `find '${home}' '${sample.directory}' /home /run -type f 2>/dev/null | head -1000`,
      );
      const others = seen
        .split("\n")
        .filter((file) => file !== "" && !programs.some((folder) => file.startsWith(`${folder}/`)));
      expect(others).toEqual([]);
      expect(await outputOf("git rev-parse --git-dir 2>&1")).toContain("not a git repository");
    });

    test("cannot write elsewhere", async () => {
      const places =
        "/etc /usr / /bin /var /sys /run /home /root /dev /proc/sys/kernel/core_pattern /proc/sysrq-trigger";
      const script = `for p in ${places}; do [ -d "$p" ] && p=$p/x; (echo x > "$p") 2>/dev/null && echo "$p"; done; echo end`;
      expect(await outputOf(script)).toBe("end");
      await run("echo x > ../x");
      expect(existsSync(join(dirname(tree.directory), "x"))).toBe(false);
    });

    test("cannot undo what hides the machine", async () => {
      const attempts = [
        "mount -t tmpfs x /mnt",
        `umount '${home}'`,
        `unshare -Ur umount '${home}'`,
        `unshare -Urm umount '${home}'`,
        "unshare -Urm umount /root",
        "unshare -Urm mount -o remount,rw,bind /etc",
        "unshare -Urm mount -o remount,rw,bind /proc/sys",
        "mknod disk b 254 0",
        "chroot /proc/1/root ls",
        "nsenter -t 1 -m ls",
      ];
      const script = attempts.map(
        (attempt, index) => `(${attempt}) >/dev/null 2>&1 && echo ${index}`,
      );
      expect(await outputOf([...script, "echo end"].join("\n"))).toBe("end");
      expect(await outputOf("ls /dev | sort | tr '\\n' ' '")).toMatch(
        /^fd full null ptmx pts random shm stderr stdin stdout tty urandom zero$/,
      );
    });

    const client = (to: number | string) =>
      `node -e "fetch('http://127.0.0.1:${to}').then(r => r.text()).then(console.log, e => { console.log('refused'); process.exit(9) })"`;

    test("reaches no network, and not the machine's own servers", async () => {
      expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("host");
      expect(await run(client(port))).toMatchObject({ exitCode: 9, output: "refused\n" });
      expect(await outputOf("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")).toBe("lo");
    });

    test("can use a server of its own", async () => {
      const script =
        "const s = require('http').createServer((q, r) => r.end('own')).listen(0, '127.0.0.1', async () => { console.log(await (await fetch('http://127.0.0.1:' + s.address().port)).text()); s.close(); })";
      expect(await outputOf(`node -e "${script}"`)).toBe("own");
    });

    test("gets the network where the caller says so by name, and only that", async () => {
      expect(await outputOf(client(port), "setup")).toBe("host");
      expect(await outputOf(`cat /proc/*/environ 2>/dev/null | grep -ac ${SECRET}`, "setup")).toBe(
        "0",
      );
    });

    test("leaves no process behind", async () => {
      const outcome = await run(
        "setsid sleep 7654 & setsid sh -c 'sleep 7654 & sleep 7654' & sleep 0.2; echo started",
      );
      expect(outcome).toMatchObject({ ended: "exited", exitCode: 0, output: "started\n" });
      const hung = await run("trap '' TERM; setsid sleep 7654 & sleep 7654", "unit", 0.5);
      expect(hung).toMatchObject({ ended: "timed-out", exitCode: null });
      expect(countSleepers("7654")).toBe(0);
    });

    test("does not outlive a killed run", async () => {
      const script = `
      const { isolateCommand } = await import("./src/workspace/git/isolate-command.ts");
      const { runCommand } = await import("./src/workspace/git/run-command.ts");
      const [directory, temporary] = process.argv.slice(1);
      const view = { directory, writable: [], readable: [], hidden: [], temporary, network: "none", environment: { PATH: process.env.PATH }, route: "${route}" };
      await runCommand({ name: "x", command: "echo up > up; sleep 7653", directory, environment: { PATH: process.env.PATH },
        limits: { seconds: 60, outputBytes: 1000 }, signal: new AbortController().signal, isolate: (i) => isolateCommand(i, view) });`;
      const folders = ["work", "tmp"].map((name) => join(dirname(home), name));
      for (const folder of folders) mkdirSync(folder);
      const runner = spawn(process.execPath, ["--input-type=module", "-e", script, ...folders], {
        stdio: "ignore",
      });
      const until = async (holds: () => boolean) => {
        for (let tries = 0; tries < 500 && !holds(); tries += 1) {
          await new Promise((done) => setTimeout(done, 20));
        }
        return holds();
      };
      const up = join(dirname(home), "work", "up");
      expect(await until(() => existsSync(up) && countSleepers("7653") > 0)).toBe(true);
      runner.kill("SIGKILL");
      expect(await until(() => countSleepers("7653") === 0)).toBe(true);
    });

    test("what it writes is checked like everything else", async () => {
      demand(await tree.write("ok.txt", "ok\n"));
      await run("mkdir -p .github/workflows; echo 'on: push' > .github/workflows/x.yml");
      expect(await tree.commit("x")).toMatchObject({
        ok: false,
        failure: { reason: "path-refused" },
      });
      await run("rm -r .github");
      expect(demand(await tree.commit("x"))).not.toBeNull();
    });
  });
});
