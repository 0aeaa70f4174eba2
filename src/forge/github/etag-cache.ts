/** An answer as it can be given again when GitHub says that nothing changed. */
export type CachedAnswer = { etag: string; status: number; data: unknown; headers: Headers };
type Headers = Readonly<Record<string, string | number | undefined>>;

/** Answers of GETs by URL, the latest ones only. An answer of 304 costs no rate. */
export type EtagCache = {
  find(url: string): CachedAnswer | undefined;
  keep(url: string, answer: CachedAnswer): void;
};

export function openEtagCache(most = 500): EtagCache {
  const kept = new Map<string, CachedAnswer>();
  return {
    find: (url) => kept.get(url),
    keep(url, answer) {
      kept.delete(url);
      kept.set(url, answer);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
