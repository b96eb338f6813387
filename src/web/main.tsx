import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "virtual:report.css";
import "./styles/shell.css";
import "./styles/pages.css";
import { start } from "./state/session.ts";
import { applyTheme } from "./state/theme.ts";
import { keepOffline } from "./sw/register.ts";
import { Shell } from "./ui/shell.tsx";

applyTheme();
start();
const root = document.getElementById("parley");
if (root === null) throw new Error("missing element: parley");
keepOffline();
createRoot(root).render(
  <StrictMode>
    <Shell />
  </StrictMode>,
);
