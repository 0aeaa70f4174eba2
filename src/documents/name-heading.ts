/** What a heading is compared by: case, emphasis, code marks, a last colon and spacing do not matter. */
export const nameHeading = (heading: string): string =>
  heading
    .replace(/[*_`]/g, "")
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ")
    .replace(/ ?:$/, "")
    .toLowerCase();

/** Heading of the extra section that keeps what has no field in its own. */
export const nameLeftovers = (heading: string): string => `More on ${heading}`;
