/** A remark at a line of a file, as a program of GitHub's runners shows it. */
export type Annotation = {
  level: "error" | "warning" | "notice";
  file: string;
  line: number;
  column?: number;
  title: string;
  message: string;
};

const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/**
 * The workflow command of a remark. Words of documents and files are in it: what could end the command or begin another is written as
 * GitHub wants it.
 */
export function renderAnnotation(annotation: Annotation): string {
  const { level, file, line, column, title, message } = annotation;
  const properties = [
    `file=${property(file)}`,
    `line=${Math.max(1, line)}`,
    ...(column === undefined ? [] : [`col=${Math.max(1, column)}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${data(message)}`;
}
