import type { Path } from "./reading.ts";

/** Something a document says that cannot be: where in its value, what, and an example of right. */
export type Problem = { path: Path; message: string; example: string };
