/**
 * How long work tells what it is doing. Reporting must never change the outcome: an implementation
 * may drop, throttle or redraw, but may not throw.
 */
export type ProgressEvent =
  | {
      kind: "phase";
      phase: string;
      spec: string | null;
      attempt: number;
      state: "started" | "finished" | "failed";
    }
  | { kind: "step"; index: number; of: number; title: string }
  | {
      kind: "command";
      name: string;
      state: "started" | "passed" | "failed";
      seconds?: number;
      output?: string;
    }
  | { kind: "model"; role: string; micros: number | null; tokens: number }
  | { kind: "note"; text: string };

export type Progress = (event: ProgressEvent) => void;

export const silent: Progress = () => {};
