import { type Amount, type FieldRange, readAmount } from "../../../case/index.ts";
import { formWords as words } from "../../words/form.ts";

const [WIDTH, HEIGHT, STEPS] = [132, 26, 44] as const;

/** What a value in Parley's notation looks like: its density, its median and where 90 % of it lie. */
export function Preview({ text, range }: { readonly text: string; readonly range: FieldRange }) {
  const read = text.trim() === "" ? undefined : readAmount(/^-?[\d.]+$/.test(text.trim()) ? Number(text) : text, range);
  if (read === undefined || "detail" in read || read.certain) return null;
  const { distribution } = read;
  const [low, high] = [distribution.quantile(0.05), distribution.quantile(0.95)];
  const says = [words.interval(short(low), short(high)), words.median(short(read.central))] as const;
  return (
    <p className="preview">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={words.previewAlt(...says)}
      >
        <Curve amount={read} />
      </svg>
      <small aria-hidden="true">
        {says[0]}, {says[1]}
      </small>
    </p>
  );
}

function Curve({ amount: { distribution, central } }: { readonly amount: Amount }) {
  const [from, to] = [distribution.quantile(0.005), distribution.quantile(0.995)];
  const span = to - from || 1;
  // Differences of the cumulative distribution: what any distribution can give, with or without a density.
  const heights = Array.from({ length: STEPS }, (_, index) => {
    const at = (step: number) => distribution.cdf(from + (span * step) / STEPS);
    return at(index + 1) - at(index);
  });
  const top = Math.max(...heights, 1e-9);
  const x = (value: number) => ((value - from) / span) * WIDTH;
  const points = heights.map((height, index) => {
    const at = ((index + 0.5) / STEPS) * WIDTH;
    return `${at.toFixed(1)} ${(HEIGHT - 1 - (height / top) * (HEIGHT - 4)).toFixed(1)}`;
  });
  return (
    <>
      <path d={`M0 ${HEIGHT - 1}L${points.join("L")}L${WIDTH} ${HEIGHT - 1}Z`} className="density" />
      <line x1={x(central)} x2={x(central)} y1={2} y2={HEIGHT} className="median" />
    </>
  );
}

export const short = (value: number): string => String(Number(value.toPrecision(2)));
