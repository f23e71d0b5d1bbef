/** Media queries of views: on paper each is what is said, before the browser counts the pages. */
import { signal } from "vendor";

let printing = false;

/** Whether a media query holds, as a signal; while the page is printed it is `onPaper`. */
export function holds(query, onPaper = false) {
  const media = matchMedia(query);
  const found = signal(media.matches);
  const follow = () => {
    found.value = printing ? onPaper : media.matches;
  };
  media.addEventListener("change", follow);
  addEventListener("beforeprint", () => {
    printing = true;
    follow();
  });
  addEventListener("afterprint", () => {
    printing = false;
    follow();
  });
  return found;
}
