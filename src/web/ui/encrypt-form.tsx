import { type FormEvent, useId, useState } from "react";
import { saveFile } from "../export/save.ts";
import { encrypted } from "../share/encrypt.ts";
import { shareWords as w } from "../words/share.ts";

/** Saves a case encrypted: with a passphrase, or for those whose public keys are given. */
export function EncryptForm({ name, bytes }: { readonly name: string; readonly bytes: () => Uint8Array }) {
  const [byKeys, setByKeys] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [keys, setKeys] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!byKeys && passphrase !== again) return setSaid(w.notTheSame);
    setBusy(true);
    setSaid(w.encrypting);
    try {
      saveFile(
        name,
        await encrypted(bytes(), byKeys ? "" : passphrase, byKeys ? keys : ""),
        "application/octet-stream",
      );
      setPassphrase("");
      setAgain("");
      setSaid(w.saved(name));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const isReady = byKeys ? keys.trim() !== "" : passphrase !== "";
  return (
    <details className="encrypt">
      <summary>{w.encrypt}</summary>
      <form className="encrypt-form" onSubmit={(event) => void save(event)}>
        <p>{w.encryptHelp}</p>
        <fieldset>
          <legend className="sr">{w.encryptHow}</legend>
          {[false, true].map((each) => (
            <label key={String(each)}>
              <input type="radio" name={id} checked={byKeys === each} onChange={() => setByKeys(each)} />
              {each ? w.forKeys : w.withPassphrase}
            </label>
          ))}
        </fieldset>
        {byKeys ? (
          <>
            <label htmlFor={`${id}-keys`}>{w.publicKeys}</label>
            <textarea
              id={`${id}-keys`}
              rows={3}
              spellCheck={false}
              placeholder={w.publicKeyLike}
              value={keys}
              onChange={({ target }) => setKeys(target.value)}
            />
            <p>{w.publicKeysHelp}</p>
          </>
        ) : (
          <>
            <label htmlFor={id}>{w.passphrase}</label>
            <input
              id={id}
              type="password"
              autoComplete="off"
              value={passphrase}
              onChange={({ target }) => setPassphrase(target.value)}
            />
            <label htmlFor={`${id}-again`}>{w.onceMore}</label>
            <input
              id={`${id}-again`}
              type="password"
              autoComplete="off"
              value={again}
              onChange={({ target }) => setAgain(target.value)}
            />
            <p>{w.passphraseHelp}</p>
          </>
        )}
        <button type="submit" disabled={busy || !isReady}>
          {w.saveEncrypted}
        </button>
        <p role="status">{said}</p>
      </form>
    </details>
  );
}
