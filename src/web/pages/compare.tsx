import { Absent } from "../ui/absent.tsx";

export default function Compare() {
  return <Absent page="compare" />;
}
