import { Absent } from "../ui/absent.tsx";

export default function History() {
  return <Absent page="history" />;
}
