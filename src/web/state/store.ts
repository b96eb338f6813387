import { createContext, useContext } from "react";
import { create } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Assessment, LiveKind, LivePart } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { Card } from "../cases/card.ts";
import type { ClaimName, PackedFiles } from "../engine/protocol.ts";
import { type Address, GALLERY } from "./address.ts";
import { inRoom } from "./room.ts";
import type { TeamCase } from "./team.ts";

/** An assessment with the view that it is of. */
export interface Shown {
  readonly key: string;
  readonly assessment: Assessment;
}

/** What is known of a view before its assessment is there: its leading figures alone. */
export interface LiveAnswer {
  readonly key: string;
  readonly parts: { readonly [K in LiveKind]?: Extract<LivePart, { readonly kind: K }> };
}

/** A case that is open. */
export interface OpenCase {
  readonly id: string;
  readonly packed: PackedFiles;
  readonly claims: readonly ClaimName[];
}

export interface CatalogueEntry extends Card {
  readonly id: string;
  /** Kept in this browser. */
  readonly own: boolean;
  /** Where it lies, for a case in a folder of the user's own. */
  readonly folder?: { readonly path: string; readonly readOnly: boolean };
  /** Where it stands in a workspace of a team. */
  readonly team?: Omit<TeamCase, "id"> & { readonly updatedAt: string };
}

export interface State {
  readonly address: Address;
  readonly catalogue: readonly CatalogueEntry[] | undefined;
  readonly open: OpenCase | undefined;
  /** What keeps a case from being shown: its problems, or that it is not there. */
  readonly trouble:
    | { readonly file: string; readonly problems: readonly Problem[] }
    /** `locked`: it may be there for who has the key, or signs in. */
    | { readonly missing: string; readonly locked: boolean }
    | undefined;
  /** Problems of the view alone; what was shown stays. */
  readonly viewProblems: readonly Problem[];
  /** The newest assessment, perhaps of the evidence alone. */
  readonly now: Shown | undefined;
  /** The newest whole one, perhaps of the view before. */
  readonly whole: Shown | undefined;
  /** The last whole one of another view: its figures stay as ghosts. */
  readonly former: Shown | undefined;
  /** The parts of the newest view that is worked out; its curve may be of more trajectories than the assessment's. */
  readonly live: LiveAnswer | undefined;
  /** What is being worked out. */
  readonly work: { readonly stage: "reading" | "evidence" | "whole"; readonly step: string } | undefined;
  readonly broke: string | undefined;
}

export const START: State = {
  address: GALLERY,
  catalogue: undefined,
  open: undefined,
  trouble: undefined,
  viewProblems: [],
  now: undefined,
  whole: undefined,
  former: undefined,
  live: undefined,
  work: undefined,
  broke: undefined,
};

const store = create<State>(() => START);

function seen(): State;
function seen<T>(select: (state: State) => T): T;
function seen<T>(select?: (state: State) => T): State | T {
  return store((state) => (select === undefined ? inRoom(state) : select(inRoom(state))));
}

/** The state as a page may show it; `getState` and its kin give it as it is, for those who work with it. */
export const useStore = Object.assign(seen, {
  getState: store.getState,
  setState: store.setState,
  subscribe: store.subscribe,
});

/** The address as a calm part of the page has it; undefined elsewhere. */
export const CalmAddress = createContext<Address | undefined>(undefined);

/** Some of the state: who takes it is drawn again only when one of these changes. */
export function usePick<K extends keyof State>(...keys: readonly K[]): Pick<State, K> {
  const calm = useContext(CalmAddress);
  return useStore(
    useShallow((state: State) => {
      const now: State = calm === undefined ? state : { ...state, address: calm };
      return Object.fromEntries(keys.map((key) => [key, now[key]])) as Pick<State, K>;
    }),
  );
}

/** The texts of the open case for workers, whatever the view hides: nothing of them is shown by who takes them so. */
export const filesForWork = (): PackedFiles | undefined => store.getState().open?.packed;

/** What a case starts from when it is opened. */
export const CLOSED: Partial<State> = {
  open: undefined,
  trouble: undefined,
  viewProblems: [],
  now: undefined,
  whole: undefined,
  former: undefined,
  live: undefined,
  work: undefined,
  broke: undefined,
};
