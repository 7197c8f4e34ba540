import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

/** Smaller ones are not worth it: the server gives them out as they are. */
const fromBytes = 1024;

/** Lays the compressed forms of the built files beside them, so that the server never compresses while somebody waits. */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, "assets");
    },
    async writeBundle() {
      const names = await readdir(folder);
      await Promise.all(
        names.filter((name) => /\.(js|css)$/.test(name)).map((name) => compress(join(folder, name))),
      );
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < fromBytes) return;
  // The last two levels of brotli take ten times as long for a few hundredths.
  const brotli = await inBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  await Promise.all([
    writeFile(`${file}.br`, brotli),
    writeFile(`${file}.gz`, await inGzip(content, { level: 9 })),
  ]);
}
