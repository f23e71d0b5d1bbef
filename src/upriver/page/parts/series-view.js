/** What is drawn only while it is in view, so that nothing is computed for what nobody sees. */
import { html, useEffect, useRef, useState } from "vendor";

const MARGIN = "100px 0px";

/** Its content while it is near the window or holds the focus, at the height that it had; on paper always. */
export function InView({ height = 420, children }) {
  const [near, setNear] = useState(false);
  const element = useRef(null);
  const tall = useRef(height);
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      const { isIntersecting, boundingClientRect } = entries.at(-1);
      if (!isIntersecting && boundingClientRect.height) tall.current = boundingClientRect.height;
      setNear(isIntersecting || element.current?.contains(document.activeElement));
    }, { rootMargin: MARGIN });
    const all = () => setNear(true);
    watch.observe(element.current);
    addEventListener("beforeprint", all);
    return () => {
      watch.disconnect();
      removeEventListener("beforeprint", all);
    };
  }, []);
  return html`<div ref=${element} class="in-view" style=${{ minHeight: near ? "" : `${Math.round(tall.current)}px` }}>${near && children}</div>`;
}
