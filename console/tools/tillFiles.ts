import type { Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };

export interface TillFiles {
  plugin: Plugin;
  has: (file: string) => boolean;
}

/** Finds the built files that the till needs to open: the entry's, and those that hold what the till's own parts use. */
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
          .map((one) => [one.fileName, one as Chunk] as const),
      );
      const modules = [...this.getModuleIds()];
      const first = new Set<string>();
      for (const id of modules)
        if (this.getModuleInfo(id)?.isEntry) follow(this, id, first, { stopAt: new Set() });
      const own = new Set<string>();
      for (const id of modules.filter(isOfTill)) if (!first.has(id)) follow(this, id, own, { stopAt: first });
      needed.clear();
      for (const chunk of chunks.values())
        if (chunk.isEntry || chunk.moduleIds.some((id) => own.has(id))) keep(chunks, chunk.fileName, needed);
    },
  };
  return { plugin, has: (file) => file === "index.html" || needed.has(file) };
}

/** The till's own parts, and the texts of each language, which the entry fetches for whoever reads it. */
function isOfTill(id: string): boolean {
  return /\/features\/till\/|\/i18n\/(zh|en)\.ts$/.test(id);
}

interface Modules {
  getModuleInfo: (
    id: string,
  ) => { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null;
}

/** Everything a module imports. Beyond the entry's own also what is imported later: the entry's later belongs to other pages. */
function follow(modules: Modules, id: string, seen: Set<string>, { stopAt }: { stopAt: Set<string> }): void {
  if (seen.has(id) || stopAt.has(id)) return;
  seen.add(id);
  const found = modules.getModuleInfo(id);
  for (const one of found?.importedIds ?? []) follow(modules, one, seen, { stopAt });
  if (stopAt.size === 0) return;
  for (const one of found?.dynamicallyImportedIds ?? []) follow(modules, one, seen, { stopAt });
}

/** A file cannot be opened without those it imports, whatever the till needs of them. */
function keep(chunks: Map<string, Chunk>, file: string, needed: Set<string>): void {
  const chunk = chunks.get(file);
  if (!chunk || needed.has(file)) return;
  needed.add(file);
  for (const css of chunk.viteMetadata?.importedCss ?? []) needed.add(css);
  for (const one of chunk.imports) keep(chunks, one, needed);
}
