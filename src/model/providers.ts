export type ProviderKind = "anthropic" | "openai" | "compatible" | "scripted";

/** A provider as configuration names it. */
export type ProviderSettings = {
  kind: ProviderKind;
  baseUrl?: string | undefined;
  /** Environment variable of its key; none for servers that want no key. */
  keyVariable?: string | undefined;
  /** Where a scripted provider has its replies. */
  directory?: string | undefined;
};

/** Known without any configuration. `keyOptional`: such a server may or may not ask for a key. */
export const BUILT_IN_PROVIDERS: Readonly<
  Record<string, ProviderSettings & { keyOptional?: boolean }>
> = {
  anthropic: {
    kind: "anthropic",
    baseUrl: "https://api.anthropic.com",
    keyVariable: "ANTHROPIC_API_KEY",
  },
  openai: { kind: "openai", baseUrl: "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY" },
  ollama: { kind: "compatible", baseUrl: "http://127.0.0.1:11434/v1" },
  vllm: {
    kind: "compatible",
    baseUrl: "http://127.0.0.1:8000/v1",
    keyVariable: "VLLM_API_KEY",
    keyOptional: true,
  },
  openrouter: {
    kind: "compatible",
    baseUrl: "https://openrouter.ai/api/v1",
    keyVariable: "OPENROUTER_API_KEY",
  },
  scripted: { kind: "scripted" },
};
