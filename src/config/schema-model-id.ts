import { z } from "zod";

export const modelId = z.string().regex(/^[a-z][\w.-]*:\S+$/i, { error: "must be PROVIDER:MODEL" });
