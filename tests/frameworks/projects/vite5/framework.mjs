import { viteTries } from "../../lib/vite.mjs";

export default viteTries("Vite 5");
