import { Absent } from "../ui/absent.tsx";

export default function Record() {
  return <Absent page="record" />;
}
