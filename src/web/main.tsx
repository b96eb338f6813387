import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "virtual:report.css";
import "./styles/shell.css";
import "./styles/pages.css";
import { start } from "./state/session.ts";
import { applyTheme } from "./state/theme.ts";
import { keepOffline } from "./sw/register.ts";
import { fetchPage, Shell } from "./ui/shell.tsx";

applyTheme();
fetchPage();
start();
const root = document.getElementById("parley");
if (root === null) throw new Error("missing element: parley");
keepOffline();
createRoot(root).render(
  <StrictMode>
    <Shell />
  </StrictMode>,
);
