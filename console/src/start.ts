import { startAsking } from "./api/headStart";
import { fetchTexts, firstLanguage } from "./i18n/language";

// The first script of all, and a small one: the texts, the session and the home page's own files are under way while
// the large ones arrive.
// Whoever uses them says what failed.
const ahead = (loading: Promise<unknown>) => loading.catch(() => undefined);
ahead(fetchTexts(firstLanguage()));
const { pathname } = window.location;
// The till stands alone and asks for itself, also without the network.
if (!pathname.startsWith("/till")) startAsking(window.location);
if (pathname === "/") ahead(import("./features/home/Home"));
if (pathname === "/sign-in") ahead(import("./features/session/SignIn"));
