import type { Problem, ProfileChange } from "../../../api/contract";

/** `1990-05-20` or, where people keep the year to themselves, `05-20`. */
const birthdayPattern = /^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export function isBirthday(text: string): boolean {
  return birthdayPattern.test(text.trim());
}

export function birthdayWish(text: string): string {
  const day = text.trim();
  return day.length === 5 ? `--${day}` : day;
}

export type ProfileValues = {
  name?: string;
  gender?: "female" | "male";
  birthday?: string;
  language?: string;
  address?: string;
};

/** What was filled in. What is shown masked cannot stand in the form, so an empty field leaves it as it is. */
export function profileWish({ gender, birthday, ...texts }: ProfileValues): ProfileChange {
  return {
    ...filled(texts),
    ...(gender ? { gender } : {}),
    ...(birthday?.trim() ? { birthday: birthdayWish(birthday) } : {}),
  };
}

export function filled<Texts extends Record<string, string | undefined>>(texts: Texts): Partial<Texts> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([key, text]) => [key, text?.trim()])
      .filter(([, text]) => text),
  );
}

/** The number of the member who has the identity already; the refusal names it. */
export function numberOfTaken(problem: Problem): string | null {
  if (problem.code !== "members.identity_taken") return null;
  return problem.detail?.match(/M[0-9A-Z]{4,}/)?.[0] ?? null;
}
