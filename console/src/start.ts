import { startAsking } from "./api/headStart";
import { fetchTexts, firstLanguage } from "./i18n/language";

// The first script of all, and a small one: the texts, the session and the home page's own files are under way while
// the large ones arrive.
void fetchTexts(firstLanguage());
const { pathname } = window.location;
// The till stands alone and asks for itself, also without the network.
if (!pathname.startsWith("/till")) startAsking(window.location);
if (pathname === "/") void import("./features/home/Home");
if (pathname === "/sign-in") void import("./features/session/SignIn");
