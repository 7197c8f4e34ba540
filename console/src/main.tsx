import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { firstLanguage } from "./app/Preferences";
import "./app/global.css";
import { loadTexts } from "./i18n/i18n";

const root = document.getElementById("root");
if (root) {
  await loadTexts(firstLanguage());
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
