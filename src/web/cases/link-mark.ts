/** An address whose case begins with this holds the case itself: `#/~BASE64URL`. */
export const LINK_MARK = "~";

export const isLink = (id: string): boolean => id.startsWith(LINK_MARK);
