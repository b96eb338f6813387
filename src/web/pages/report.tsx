import { Absent } from "../ui/absent.tsx";

export default function Report() {
  return <Absent page="report" />;
}
