import { type FormEvent, useId, useRef, useState } from "react";
import { type Dropped, type Locked, openLocked } from "../cases/case-files.ts";
import { drawn } from "../share/encrypt.ts";
import { shareWords as w } from "../words/share.ts";
import "../styles/share.css";

/** Asks for what opens an encrypted case, and opens it here. */
export default function LockedFile({
  file,
  opened,
  leave,
}: {
  readonly file: Locked;
  readonly opened: (dropped: Dropped) => Promise<void>;
  readonly leave: () => void;
}) {
  const [secret, setSecret] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const key = useRef<HTMLInputElement>(null);
  const byKeys = file.locked === "keys";
  const openWith = async (given: string) => {
    setBusy(true);
    setWrong("");
    try {
      await drawn();
      const dropped = await openLocked(file, given);
      setSecret("");
      await opened(dropped);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void openWith(secret);
  };
  const fromFile = async (input: HTMLInputElement) => {
    const [picked] = input.files ?? [];
    if (picked !== undefined) await openWith(await picked.slice(0, 100_000).text());
    input.value = "";
  };
  return (
    <form className="locked-file" onSubmit={submit} aria-labelledby={`${id}-head`}>
      <p id={`${id}-head`} className="drop-head">
        {w.lockedHead(file.name)}
      </p>
      <p className="note">{byKeys ? w.lockedKeys : w.lockedPassphrase}</p>
      <label htmlFor={id}>{byKeys ? w.secretKey : w.passphrase}</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder={byKeys ? w.secretKeyLike : undefined}
        value={secret}
        onChange={({ target }) => setSecret(target.value)}
      />
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy || secret === ""}>
          {w.unlock}
        </button>
        {byKeys ? (
          <button type="button" disabled={busy} onClick={() => key.current?.click()}>
            {w.keyFile}
          </button>
        ) : null}
        <button type="button" className="quiet" onClick={leave}>
          {w.leaveShut}
        </button>
      </p>
      {byKeys ? (
        <input
          ref={key}
          type="file"
          hidden
          data-pick="key"
          onChange={({ currentTarget }) => void fromFile(currentTarget)}
        />
      ) : null}
      <p role="status">{busy ? w.unlocking : wrong}</p>
      <p className="note">{w.lockedKept}</p>
    </form>
  );
}
