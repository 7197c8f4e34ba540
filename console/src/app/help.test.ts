import { expect, test } from "vitest";
import { contentsOf, guidePages, linkTo, placeOf, readContents, readGuide } from "../features/help/guides";
import { languages } from "../i18n/i18n";
import type { Feature } from "./feature";
import { features } from "./features";
import { helpAt } from "./menu";

const component = () => null;

test("every page of the console has a help page in both languages", () => {
  const paths = features.flatMap(({ pages }) => pages.map(({ path }) => path));
  for (const language of languages) {
    const known = guidePages(language);
    const without = paths.filter((path) => !known.includes(helpAt(path)));
    expect(without, language).toEqual([]);
  }
});

test("every page of the guide stands in its table of contents, in both languages", async () => {
  for (const language of languages) {
    const listed = (await readContents(language)).map(({ page }) => page);
    expect(listed.toSorted()).toEqual(
      guidePages(language)
        .filter((page) => page !== "README")
        .toSorted(),
    );
  }
  expect(guidePages("en").toSorted()).toEqual(guidePages("zh-CN").toSorted());
});

test("links between pages of the guide lead somewhere", async () => {
  const broken: string[] = [];
  for (const language of languages) {
    const known = guidePages(language);
    for (const page of known) {
      const text = (await readGuide(page, language)) ?? "";
      const places = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => placeOf(heading));
      for (const [, address = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
        const link = linkTo(address);
        if (link.page && !known.includes(link.page)) broken.push(`${language}/${page}: ${address}`);
        if (!link.page && link.place && !places.includes(link.place))
          broken.push(`${language}/${page}: ${address}`);
      }
    }
  }
  expect(broken).toEqual([]);
});

test("a page has its own help, else its feature's, else its area's", () => {
  const some: Feature[] = [
    {
      area: "members",
      help: "read-a-member",
      pages: [
        { path: "/members", component },
        { path: "/members/$id", component },
        { path: "/members/duplicates", help: "duplicates", component },
      ],
    },
    { area: "insight", pages: [{ path: "/insight/rfm", component }] },
  ];

  expect(helpAt("/members/42", some)).toBe("read-a-member");
  expect(helpAt("/members/duplicates", some)).toBe("duplicates");
  expect(helpAt("/insight/rfm", some)).toBe("figures");
  expect(helpAt("/nowhere", some)).toBe("README");
});

test("links are told apart", () => {
  expect(linkTo("points.md")).toEqual({ page: "points", place: undefined });
  expect(linkTo("points.md#expiry")).toEqual({ page: "points", place: "expiry" });
  expect(linkTo("#expiry")).toEqual({ place: "expiry" });
  expect(linkTo("https://example.org/a.md")).toEqual({ outside: "https://example.org/a.md" });
  expect(linkTo("../../reference/errors.md")).toEqual({});
  expect(contentsOf("1. [One](one.md)\n2. [二](two-a.md)")).toEqual([
    { page: "one", title: "One" },
    { page: "two-a", title: "二" },
  ]);
});
