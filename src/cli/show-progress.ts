import { formatMicros } from "../shared/money.ts";
import { toPrintable } from "../shared/printable.ts";
import type { Progress, ProgressEvent } from "../shared/progress.ts";
import { redact } from "../shared/redact.ts";
import { formatDuration } from "../view/format-duration.ts";
import type { Terminal } from "./terminal.ts";

const SHOWN_LINES = 8;
const SHOWN_COLUMNS = 160;

/** Live progress: one line redrawn on a terminal, plain lines elsewhere. `close` takes the live line away. */
export type ProgressDisplay = { progress: Progress; close: () => void };

type Running = {
  phase: string;
  step: string;
  since: number;
  micros: number;
  unknown: boolean;
  tokens: number;
};

const money = (running: Running): string => {
  const known = formatMicros(running.micros);
  return running.unknown ? `${known} + ${running.tokens.toLocaleString("en-US")} tokens` : known;
};

function phaseName(event: Extract<ProgressEvent, { kind: "phase" }>): string {
  const attempt = event.attempt > 1 ? ` (attempt ${event.attempt})` : "";
  return `${event.phase}${event.spec ? ` ${event.spec}` : ""}${attempt}`;
}

/** The end of a failed command's output: where compilers and test runners say what is wrong. */
const lastLines = (output: string): string[] =>
  redact(toPrintable(output))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-SHOWN_LINES)
    .map((line) => `      ${line.slice(0, SHOWN_COLUMNS)}`);

/** Words for one event, as a plain log has them; null where only the live line changes. */
export function describeProgress(event: ProgressEvent): string | null {
  switch (event.kind) {
    case "phase":
      return event.state === "started" ? `▸ ${phaseName(event)}` : null;
    case "step":
      return `  step ${event.index} of ${event.of}: ${event.title}`;
    case "command": {
      if (event.state === "started") return null;
      const time = event.seconds === undefined ? "" : ` (${event.seconds.toFixed(1)} s)`;
      const mark = event.state === "passed" ? "✓" : "✗";
      return [`  ${mark} ${event.name}${time}`, ...lastLines(event.output ?? "")].join("\n");
    }
    case "note":
      return `  ${event.text}`;
    case "model":
      return null;
  }
}

function update(running: Running, event: ProgressEvent, now: number): void {
  if (event.kind === "phase" && event.state === "started") {
    Object.assign(running, {
      phase: phaseName(event),
      step: "",
      since: now,
      micros: 0,
      unknown: false,
      tokens: 0,
    });
  }
  if (event.kind === "step") running.step = `step ${event.index} of ${event.of}: ${event.title}`;
  if (event.kind === "command" && event.state === "started") running.step = event.name;
  if (event.kind === "model") {
    running.tokens += event.tokens;
    running.micros += event.micros ?? 0;
    running.unknown ||= event.micros === null;
  }
}

/** Shows progress with elapsed time and money. Redraws at most five times a second; never throws. */
export function showProgress(terminal: Terminal, now: () => number = Date.now): ProgressDisplay {
  const running: Running = {
    phase: "",
    step: "",
    since: now(),
    micros: 0,
    unknown: false,
    tokens: 0,
  };
  const live = terminal.interactive;
  let drawn = false;
  const erase = (): void => {
    if (drawn) process.stderr.write("\r\u001b[2K");
    drawn = false;
  };
  const draw = (): void => {
    if (!running.phase) return;
    const elapsed = formatDuration((now() - running.since) / 1000);
    const text = `  ${running.phase} · ${running.step ? `${running.step} · ` : ""}${elapsed} · ${money(running)}`;
    const line = toPrintable(text).replaceAll("\n", " ");
    process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 100) - 1)}`);
    drawn = true;
  };
  const timer = live ? setInterval(draw, 200) : undefined;
  timer?.unref();
  const finish = (event: Extract<ProgressEvent, { kind: "phase" }>): void => {
    const mark = event.state === "finished" ? "✓" : "✗";
    const elapsed = formatDuration((now() - running.since) / 1000);
    terminal.err(`  ${mark} ${phaseName(event)} · ${elapsed} · ${money(running)}`);
    running.phase = "";
  };
  return {
    progress: (event) => {
      update(running, event, now());
      const words = describeProgress(event);
      erase();
      if (words) terminal.err(toPrintable(words));
      if (event.kind === "phase" && event.state !== "started") finish(event);
    },
    close: () => {
      clearInterval(timer);
      erase();
    },
  };
}
