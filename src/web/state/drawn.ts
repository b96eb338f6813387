/** When the page has its first picture; what is worked out behind it begins then, as it would take the processor from it. */

/** How long a page without a picture is waited for, in milliseconds. */
const LONGEST = 1000;

let tell: () => void = () => {};
let there = false;
const drawn = new Promise<void>((done) => {
  tell = done;
});

/** A picture is on the page. */
export function tellDrawn(): void {
  there = true;
  tell();
}

/** Whether there was a picture since the page was loaded. */
export const isDrawn = (): boolean => there;

/** The first picture, or a moment after which it is no longer waited for; or at once when `wake` says so. */
export async function firstPicture(wake: Promise<void> = new Promise(() => {})): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, LONGEST);
  });
  await Promise.race([drawn, late, wake]);
  clearTimeout(timer);
}
