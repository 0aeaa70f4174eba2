/** The terminal as commands see it, so that tests read what a person would. */
export type Terminal = {
  /** Documents and results: standard output. */
  out: (text: string) => void;
  /** Progress, notes and errors: standard error. */
  err: (text: string) => void;
  /** True when a person can be asked. */
  interactive: boolean;
  /** True when colours are wanted: a terminal, and no NO_COLOR. */
  colours: boolean;
  /** Asks one line; null at end of input. */
  ask: (question: string) => Promise<string | null>;
};

/** Exit codes of every command; documented in docs/cli.md. */
export const exitCodes = {
  /** Done, and what was asked for is true. */
  success: 0,
  /** Done, and the answer is no: faults in a document, a score below the threshold, a failed phase. */
  negative: 1,
  /** The call itself is wrong: arguments, configuration, missing file or key. */
  usage: 2,
  /** Stopped and waiting for a person: questions, approval. */
  waiting: 3,
  /** Interrupted; running again resumes. */
  interrupted: 130,
} as const;
