import { useEffect, useState } from "react";
import type { ScoredRecord } from "../engine/side-protocol.ts";
import { client } from "../state/places.ts";
import { filesForWork, usePick } from "../state/store.ts";
import { type Done, useJob, useSide } from "./use-side.ts";

/** A record's text with the file that it stands in; a text of null where the case has none. */
export interface RecordText {
  readonly file: string;
  readonly text: string | null;
}

/** The record of the open case as its folder has it: undefined while it is asked for. Cases of the browser have none. */
export function useRecordText(): RecordText | undefined {
  const { open, catalogue } = usePick("open", "catalogue");
  const [record, setRecord] = useState<RecordText | undefined>(undefined);
  const id = open?.id;
  const inBrowser = catalogue?.find((each) => each.id === id)?.own === true;
  // A changed case may have a changed record beside it.
  const files = open?.packed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew where the case is another.
  useEffect(() => {
    if (id === undefined) return;
    const none = { file: "record.jsonl", text: null };
    if (inBrowser) {
      setRecord(none);
      return;
    }
    let wanted = true;
    void client.record(id).then((answer) => wanted && setRecord(answer.ok ? answer : none));
    return () => {
      wanted = false;
    };
  }, [id, inBrowser, files]);
  return record;
}

/** The scores of a record, worked out beside the view on screen. */
export function useScore(record: RecordText | undefined): Done<ScoredRecord> {
  const { address } = usePick("address");
  const side = useSide(record === undefined ? undefined : filesForWork());
  const ask = { text: record?.text ?? null, file: record?.file ?? "record.jsonl", seed: address.seed };
  return useJob(side, "score", ask);
}
