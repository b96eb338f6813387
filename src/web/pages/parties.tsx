import { Absent } from "../ui/absent.tsx";

export default function Parties() {
  return <Absent page="parties" />;
}
