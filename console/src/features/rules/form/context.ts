import { createContext, useContext } from "react";
import type { RuleProblem, RuleSchema } from "../../../api/rules";
import type { Node } from "./schema";

interface Drawing {
  schema: RuleSchema;
  defs: Record<string, Node>;
  problems: RuleProblem[];
}

export const DrawingContext = createContext<Drawing | null>(null);

/** What every field of the form needs to draw itself. */
export function useDrawing(): Drawing {
  const drawing = useContext(DrawingContext);
  if (!drawing) throw new Error("a field of a rule stands outside of its form");
  return drawing;
}
