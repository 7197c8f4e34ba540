import type { Language } from "../../i18n/i18n";

/** The guide as it lies in `docs/guide`, built into the console: each page is fetched when it is opened. */
const sources = import.meta.glob<string>("../../../../docs/guide/*/*.md", {
  query: "?raw",
  import: "default",
});
const pictures = import.meta.glob<string>(
  ["../../../../docs/pictures/*.{png,svg,webp}", "../../../../docs/guide/pictures/*.{png,svg,webp}"],
  { query: "?url", import: "default", eager: true },
);

const root = "../../../..";
const folders: Record<Language, string> = { "zh-CN": "zh", en: "en" };

export interface GuideTitle {
  page: string;
  title: string;
}

function pathOf(page: string, language: Language): string {
  return `${root}/docs/guide/${folders[language]}/${page}.md`;
}

/** The pages that a language has, by name. */
export function guidePages(language: Language): string[] {
  const pattern = new RegExp(`/${folders[language]}/([^/]+)\\.md$`);
  return Object.keys(sources).flatMap((path) => pattern.exec(path)?.[1] ?? []);
}

/** The text of a page, or null where there is none of this name. */
export async function readGuide(page: string, language: Language): Promise<string | null> {
  const load = sources[pathOf(page, language)];
  return load ? load() : null;
}

/** The table of contents, as the guide's own first page lists it. */
export async function readContents(language: Language): Promise<GuideTitle[]> {
  return contentsOf((await readGuide("README", language)) ?? "");
}

export function contentsOf(readme: string): GuideTitle[] {
  return [...readme.matchAll(/\[([^\]]+)\]\(([a-z0-9-]+)\.md\)/g)].map(([, title = "", page = ""]) => ({
    page,
    title,
  }));
}

/** Where a picture of a page lies in the built console. */
export function pictureAt(address: string): string | undefined {
  const name = address.split("/").at(-1);
  return pictures[`${root}/docs/guide/pictures/${name}`] ?? pictures[`${root}/docs/pictures/${name}`];
}

/** What a link of a page leads to: another page and a place on it, somewhere outside, or nothing the console has. */
export function linkTo(address: string): { page?: string; place?: string; outside?: string } {
  if (/^https?:\/\//.test(address)) return { outside: address };
  const [file = "", place] = address.split("#");
  const page = /^(?:\.\/)?([a-z0-9-]+|README)\.md$/.exec(file)?.[1];
  if (page) return { page, place };
  return file === "" && place ? { place } : {};
}

/** The name by which a link finds a heading, as Git hosts make it. */
export function placeOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}
