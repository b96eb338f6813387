import { useEffect, useState } from "react";
import type { ScoredRecord } from "../engine/side-protocol.ts";
import { recordOf } from "../state/places.ts";
import { filesForWork, usePick } from "../state/store.ts";
import { type Done, useJob, useSide } from "./use-side.ts";

/** A record's text with the file that it stands in; a text of null where the case has none. */
export interface RecordText {
  readonly file: string;
  readonly text: string | null;
}

/** The record of the open case as its folder has it: undefined while it is asked for. Cases of the browser have none. */
export function useRecordText(): RecordText | undefined {
  const { open } = usePick("open");
  const [record, setRecord] = useState<RecordText | undefined>(undefined);
  const id = open?.id;
  // A changed case may have a changed record beside it.
  const files = open?.packed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew where the case is another.
  useEffect(() => {
    if (id === undefined) return;
    let wanted = true;
    void recordOf(id).then((found) => wanted && setRecord(found));
    return () => {
      wanted = false;
    };
  }, [id, files]);
  return record;
}

/** The scores of a record, worked out beside the view on screen. */
export function useScore(record: RecordText | undefined): Done<ScoredRecord> {
  const { address } = usePick("address");
  const side = useSide(record === undefined ? undefined : filesForWork());
  const ask = { text: record?.text ?? null, file: record?.file ?? "record.jsonl", seed: address.seed };
  return useJob(side, "score", ask);
}
