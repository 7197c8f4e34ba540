import "./start";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import "./app/global.css";
import { loadTexts } from "./i18n/i18n";
import { firstLanguage } from "./i18n/language";

const root = document.getElementById("root");
if (root) {
  await loadTexts(firstLanguage());
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
