/** Finds the line of a place in a text; lines begin at 1 and end with a line feed. */
export class LineTable {
  readonly #starts: number[] = [0];
  #last = 0;

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** Cheapest when asked for places in rising order, as a walk over a tree does. */
  lineAt(place: number): number {
    const starts = this.#starts;
    if (place < (starts[this.#last] ?? 0)) this.#last = this.#search(place);
    for (let steps = 0; place >= (starts[this.#last + 1] ?? Number.POSITIVE_INFINITY); steps += 1) {
      if (steps === 8) {
        this.#last = this.#search(place);
        break;
      }
      this.#last += 1;
    }
    return this.#last + 1;
  }

  #search(place: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
