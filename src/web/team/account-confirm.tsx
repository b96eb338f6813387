import { accountWords as words } from "../words/account.ts";
import { TextInput } from "./parts.tsx";

/** The password, to show that whoever sits here is who signed in. */
export function Confirm({ value, change }: { readonly value: string; readonly change: (value: string) => void }) {
  return (
    <TextInput
      label={words.confirmPassword}
      type="password"
      autoComplete="current-password"
      help={words.confirmHelp}
      value={value}
      change={change}
    />
  );
}
