/** A text as a regular expression that matches just it: in JavaScript's and in POSIX's extended form alike. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
