import { drawSurvey } from "../codebase/survey/draw-survey.ts";
import { loadSurvey } from "../codebase/survey/load-survey.ts";
import { renderSurvey } from "../codebase/survey/render-survey.ts";
import { openCodebase } from "./open-codebase.ts";
import { openTerminal } from "./open-terminal.ts";
import { reportFailure } from "./report-failure.ts";
import { exitCodes, type Terminal } from "./terminal.ts";

export type SurveyOptions = {
  repo: string;
  commit?: string;
  cache?: string;
  json: boolean;
  /** The drawing alone, without its fence. */
  mermaid: boolean;
};

/** `archwright survey`: components, directions of import, conventions and hot spots of a commit; made once and kept. */
export async function runSurvey(
  options: SurveyOptions,
  terminal: Terminal = openTerminal(),
): Promise<number> {
  if (options.json && options.mermaid) {
    const detail = "--json and --mermaid print different things; give one of them.";
    return reportFailure(terminal, { reason: "bad-usage", detail });
  }
  const opened = await openCodebase({ ...options, terminal });
  if (!opened.ok) return reportFailure(terminal, opened.failure);
  const { codebase, snapshot } = opened.value;
  const survey = await loadSurvey(codebase, snapshot.cache);
  if (options.json) terminal.out(JSON.stringify(survey, null, 2));
  else terminal.out((options.mermaid ? drawSurvey(survey) : renderSurvey(survey)).trimEnd());
  return exitCodes.success;
}
