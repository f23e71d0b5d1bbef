/** What a view shows while the next answer is not there yet. */
import { useRef } from "vendor";

/** What was there last, so that a step of the year does not blank what is shown; `found` may be null. */
export function useLast(found) {
  const last = useRef(null);
  if (found) last.current = found;
  return last.current;
}
