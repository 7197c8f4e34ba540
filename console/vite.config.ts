import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { chunks } from "./tools/chunks.ts";
import { compressed } from "./tools/compressed.ts";
import { firstFiles } from "./tools/firstFiles.ts";
import { tillFiles } from "./tools/tillFiles.ts";

const server = process.env.SHUKE_SERVER ?? "http://127.0.0.1:8420";
const till = tillFiles();

export default defineConfig({
  plugins: [
    react(),
    till.plugin,
    firstFiles(),
    compressed(),
    // The till opens without the network. The till alone: no other page has a service worker, and no answer of the
    // server is ever kept by it.
    VitePWA({
      filename: "till-worker.js",
      scope: "/till",
      injectRegister: false,
      manifest: false,
      registerType: "prompt",
      workbox: {
        globPatterns: ["index.html", "assets/**/*.{js,css}", "favicon.svg"],
        maximumFileSizeToCacheInBytes: 5_000_000,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.filter(({ url }) => url === "favicon.svg" || till.has(url)),
            warnings: [],
          }),
        ],
        navigateFallback: "/index.html",
        navigateFallbackAllowlist: [/^\/till(\/|$|\?)/],
        directoryIndex: null,
        clientsClaim: true,
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        cacheId: "shuke-till",
      },
    }),
  ],
  server: { proxy: { "/v1": server } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: chunks },
      },
    },
  },
});
