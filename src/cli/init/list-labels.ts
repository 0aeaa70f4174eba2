/** Labels that the workflow shows or listens to. Colours are six hexadecimal digits. */
export type Label = { name: string; color: string; description: string };

/** The label that asks for a design comes first; the others are display only, and nothing listens to them. */
export const listLabels = (asking: string): readonly Label[] => [
  { name: asking, color: "5319e7", description: "Ask Archwright for a design" },
  { name: "archwright:design", color: "c5def5", description: "A design is being made" },
  { name: "archwright:validate", color: "c5def5", description: "The plan is being checked" },
  { name: "archwright:build", color: "c5def5", description: "The plan is being built" },
  { name: "archwright:review", color: "c5def5", description: "What was built is being reviewed" },
  { name: "archwright:waiting", color: "fbca04", description: "Archwright waits for a person" },
  { name: "archwright:accepted", color: "0e8a16", description: "Every spec is accepted" },
  { name: "archwright:cancelled", color: "d4c5f9", description: "Cancelled by a person" },
];
