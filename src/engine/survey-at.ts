import type { Codebase } from "../codebase/codebase.ts";
import { describeSurvey } from "../codebase/survey/describe-survey.ts";
import { loadSurvey } from "../codebase/survey/load-survey.ts";
import type { House } from "./house.ts";

/** The architect sees the parts of the house before its rooms; the excerpts need the rest of the budget. */
const share = 0.08;
const mostTokens = 3000;

/** The survey of the architecture at the codebase's commit, as text for a prompt; empty where there is no code yet. */
export async function surveyAt(house: House, codebase: Codebase): Promise<string> {
  const { cache } = house.workspace.snapshot(codebase.commit);
  const survey = await loadSurvey(codebase, cache);
  if (survey.components.length === 0) return "";
  return describeSurvey(survey, Math.min(mostTokens, house.config.limits.contextTokens * share));
}
