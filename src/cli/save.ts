export { saveAll } from "../case/save.ts";
