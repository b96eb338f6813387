import { Fold, GroupField } from "./group.tsx";
import type { FieldProps } from "./host.ts";
import { useForm } from "./host.ts";
import { labelOf } from "./label.ts";
import { ChoiceField, LeafField, ReferenceField, YesNoField } from "./leaf.tsx";
import { ListRows } from "./list.tsx";
import { valueAt } from "./locate.ts";
import { MapRows } from "./map.tsx";
import { WaysField } from "./ways.tsx";

/** Lists and mappings of up to this many entries stand open. */
const OPEN_UP_TO = 6;

/** Any field of a case. */
export function ShowField(props: FieldProps) {
  const { field, value, depth } = props;
  const { shape } = field;
  switch (shape.type) {
    case "leaf":
      return <LeafField {...props} shape={shape} />;
    case "choice":
      return <ChoiceField {...props} words={shape.words} />;
    case "yes-no":
      return <YesNoField {...props} asWords={shape.asWords} />;
    case "reference":
      return <ReferenceField {...props} to={shape.to} />;
    case "ways":
      return <WaysField {...props} ways={shape.ways} />;
    case "group":
      return <GroupField {...props} members={shape.members} rest={shape.rest} />;
    case "tuple":
      return <TupleField {...props} items={shape.items} />;
    case "list": {
      const count = Array.isArray(value) ? value.length : value === undefined ? 0 : 1;
      const body = <ListRows {...props} of={shape.of} single={shape.single} />;
      const plain = ["leaf", "reference", "choice"].includes(shape.of().shape.type);
      if (depth === 0) return body;
      return (
        <Fold {...props} count={count} open={plain && count > 0 && count <= OPEN_UP_TO && depth === 1}>
          {body}
        </Fold>
      );
    }
    case "map": {
      const body = <MapRows {...props} of={shape} />;
      const count = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
      if (depth === 0) return body;
      return (
        <Fold {...props} open={count > 0 && count <= OPEN_UP_TO && depth === 1}>
          {body}
        </Fold>
      );
    }
  }
}

function TupleField({
  items,
  path,
  pattern,
  frames,
  value,
  depth,
}: FieldProps & { readonly items: readonly FieldProps["field"][] }) {
  const { Show } = useForm();
  return (
    <div className="tuple">
      {items.map((each, index) => (
        <Show
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in a pair.
          key={index}
          field={each}
          path={[...path, String(index)]}
          pattern={[...pattern, "*"]}
          frames={frames}
          value={valueAt(value, [String(index)])}
          label={`${labelOf(pattern)} ${index + 1}`}
          required
          depth={depth + 1}
        />
      ))}
    </div>
  );
}
