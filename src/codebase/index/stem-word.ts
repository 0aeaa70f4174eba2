/** Words that say nothing of what code is about, in requests and in code alike. */
export const stopWords: ReadonlySet<string> = new Set(
  [
    "a an and are as at be been but by can could do does did done for from had has have how i if in into is it its may might more most must my no not of off on only or other our out over own same should",
    "since so some such than that the their them then there these they this those to too under until up use used uses using very was we were what when where which while who why will with would you your",
    "also via now new get set add adds added fix fixes fixed make makes made allow allows support supports instead e g etc ie vs just like want need needs currently previously because",
    "change changes changed update updates updated remove removes removed issue bug feature pr commit test tests",
  ]
    .join(" ")
    .split(" "),
);

/** Plurals and the commonest endings of verbs cut, so that `collectors` and `collector`, `parsing` and `parse` meet. */
export function stemWord(word: string): string {
  if (word.length > 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  const stem = cutEnding(word);
  return stem.length > 4 && stem.endsWith("e") ? stem.slice(0, -1) : stem;
}

function cutEnding(word: string): string {
  if (word.length > 5 && word.endsWith("ing")) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith("ed")) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/.test(word)) return word.slice(0, -1);
  return word;
}
