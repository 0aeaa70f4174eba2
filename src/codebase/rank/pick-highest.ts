/** Of `places` the `most` with the highest values, the highest first; of equal ones the first in order. Only those are sorted. */
export function pickHighest(
  values: Float64Array,
  places: readonly number[],
  most: number,
): number[] {
  const worthOf = (place: number): number => values[place] ?? 0;
  if (most < 1) return [];
  const least = Float64Array.from(places, worthOf).sort().at(-most) ?? Number.NEGATIVE_INFINITY;
  return places
    .filter((place) => worthOf(place) >= least)
    .sort((left, right) => worthOf(right) - worthOf(left) || left - right)
    .slice(0, most);
}
