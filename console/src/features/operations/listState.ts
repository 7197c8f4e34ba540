import type { JobState, LoggedEventsQuery } from "../../api/contract";
import { keysetDefaults } from "../../kit/keysetState";

export const tabs = ["jobs", "schedules", "readers", "events"] as const;
export const jobStates: readonly JobState[] = ["failed", "waiting", "running"];

export const noEventFilters = { name: "", member: "", day: "", cursor: "" };
export const backgroundDefaults = {
  ...keysetDefaults,
  ...noEventFilters,
  tab: "jobs",
  state: "failed",
  event: "",
};
export type BackgroundState = typeof backgroundDefaults;

export function eventsQuery(state: BackgroundState): LoggedEventsQuery {
  return {
    limit: Number(state.limit),
    ...(state.cursor && { cursor: state.cursor }),
    ...(state.name && { name: state.name }),
    ...(state.member && { member: state.member }),
    ...(state.day && { day: state.day }),
  };
}

export function hasEventFilters(state: BackgroundState): boolean {
  return state.name !== "" || state.member !== "" || state.day !== "";
}
