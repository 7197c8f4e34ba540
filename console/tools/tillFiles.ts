import type { Plugin } from "vite";

/** What of a chunk the walk needs; the bundler's own type has much more. */
interface Chunk {
  type: "chunk";
  fileName: string;
  isEntry: boolean;
  imports: string[];
  dynamicImports: string[];
  moduleIds: string[];
  viteMetadata?: { importedCss: Set<string> };
}

export interface TillFiles {
  plugin: Plugin;
  has: (file: string) => boolean;
}

/** Finds the built files that the till needs to open: the entry's, and everything below the till's own. */
export function tillFiles(): TillFiles {
  const needed = new Set<string>();
  const plugin: Plugin = {
    name: "till-files",
    apply: "build",
    buildEnd(error) {
      // The worker has nothing to keep then, and its complaint would hide the cause.
      if (error) console.error(error.message);
    },
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle)
          .filter((one) => one.type === "chunk")
          .map((one) => [one.fileName, one as unknown as Chunk] as const),
      );
      needed.clear();
      for (const chunk of chunks.values()) {
        if (chunk.isEntry) walk(chunks, chunk.fileName, { isDeep: false }, needed);
        if (isOfTill(chunk)) walk(chunks, chunk.fileName, { isDeep: true }, needed);
      }
    },
  };
  return { plugin, has: (file) => file === "index.html" || needed.has(file) };
}

/** The till's own parts, and the texts of each language, which the entry fetches for whoever reads it. */
function isOfTill(chunk: Chunk): boolean {
  return !chunk.isEntry && chunk.moduleIds.some((id) => /\/features\/till\/|\/i18n\/(zh|en)\.ts$/.test(id));
}

function walk(
  chunks: Map<string, Chunk>,
  file: string,
  { isDeep }: { isDeep: boolean },
  needed: Set<string>,
  seen = new Set<string>(),
): void {
  const chunk = chunks.get(file);
  if (!chunk || seen.has(file)) return;
  seen.add(file);
  needed.add(file);
  for (const css of chunk.viteMetadata?.importedCss ?? []) needed.add(css);
  // What the entry loads later belongs to other pages.
  const next = isDeep && !chunk.isEntry ? [...chunk.imports, ...chunk.dynamicImports] : chunk.imports;
  for (const one of next) walk(chunks, one, { isDeep }, needed, seen);
}
