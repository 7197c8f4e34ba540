import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.SHUKE_SERVER ?? "http://127.0.0.1:8420";

export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/v1": server } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: "charts", test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
});
