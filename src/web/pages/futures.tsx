import { Absent } from "../ui/absent.tsx";

export default function Futures() {
  return <Absent page="futures" />;
}
