import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

/** What the browser fetches before anything is shown, in kilobytes as they are sent. */
const entryAtMost = 350;
/** How many files the home page needs until its first figures, with the texts of one language. */
const filesAtMost = 25;
const start = /<script( type="module" crossorigin src="\/assets\/start-)/;

/**
 * Lets the first script begin as soon as it is here, and keeps the first page small: a build whose first page has grown
 * too many files or bytes fails, and says which.
 */
export function firstFiles(): Plugin {
  return {
    name: "first-files",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        if (!start.test(html)) this.error("The first script stands by itself no more: see tools/chunks.ts.");
        return html.replace(start, "<script async$1");
      },
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one): one is Chunk => one.type === "chunk");
      const entry = filesOf(
        bundle,
        chunks.find((chunk) => chunk.isEntry),
      );
      const home = [/\/features\/home\/Home\.tsx$/, /\/i18n\/zh\.ts$/].flatMap((module) => [
        ...filesOf(
          bundle,
          chunks.find((chunk) => chunk.moduleIds.some((id) => module.test(id))),
        ),
      ]);
      const kilobytes = Math.round([...entry].reduce((sum, file) => sum + sizeOf(bundle[file]), 0) / 1000);
      const files = new Set([...entry, ...home]).size;
      this.info(`first page: ${files} files; before anything is shown: ${kilobytes} kB`);
      if (kilobytes > entryAtMost) this.error(`The entry has ${kilobytes} kB; ${entryAtMost} are enough.`);
      if (files > filesAtMost) this.error(`The home page needs ${files} files; ${filesAtMost} are enough.`);
    },
  };
}

/** The files that a browser must have to run one. */
function filesOf(
  bundle: Rolldown.OutputBundle,
  chunk: Chunk | undefined,
  found = new Set<string>(),
): Set<string> {
  if (!chunk || found.has(chunk.fileName)) return found;
  found.add(chunk.fileName);
  for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
  for (const file of chunk.imports) filesOf(bundle, bundle[file] as Chunk, found);
  return found;
}

function sizeOf(file: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): number {
  if (!file) return 0;
  return gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }).length;
}
