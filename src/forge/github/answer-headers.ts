/** Headers of an answer, by their names in small letters. */
export type Headers = Readonly<Record<string, string | number | undefined>>;
