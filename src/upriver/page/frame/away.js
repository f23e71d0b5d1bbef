/** Lists that drop down: what closes them. */
import { useEffect } from "vendor";

/** What is open closes with Escape, and with a press beside it. */
export function useAway(element, isOpen, close) {
  useEffect(() => {
    if (!isOpen) return undefined;
    const leave = (event) => {
      if (event.type === "keydown" ? event.key === "Escape" : !element.current?.contains(event.target)) close();
    };
    addEventListener("pointerdown", leave);
    addEventListener("keydown", leave);
    return () => {
      removeEventListener("pointerdown", leave);
      removeEventListener("keydown", leave);
    };
  }, [isOpen]);
}
