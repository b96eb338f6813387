import { type ReactNode, useEffect, useState } from "react";
import { firstPicture, isDrawn } from "../state/drawn.ts";

/** What stands below the first picture: it is drawn when that is there, so that the picture need not wait for it. */
export function Later({ children }: { readonly children: ReactNode }) {
  const [due, setDue] = useState(isDrawn);
  useEffect(() => {
    let gone = false;
    void firstPicture().then(() => gone || setDue(true));
    return () => {
      gone = true;
    };
  }, []);
  return due ? children : null;
}
