import { createContext } from "react";

/** The server's time, in whole seconds, at which the page's HTML was made: ages in it hydrate with the same text. */
export const RenderedAt = createContext(0);
