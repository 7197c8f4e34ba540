import { createRootRoute, createRoute, createRouter, Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { parseSearch, stringifySearch } from "../kit/urlState";
import { Waiting } from "../kit/Waiting";
import { Frame } from "./Frame";
import { features } from "./features";
import { Guarded } from "./Guarded";
import { NotFound } from "./NotFound";

const SignIn = lazy(() => import("../features/session/SignIn").then((file) => ({ default: file.SignIn })));

const ComeBack = lazy(() =>
  import("../features/session/ComeBack").then((file) => ({ default: file.ComeBack })),
);

const ChangePassword = lazy(() =>
  import("../features/session/ChangePassword").then((file) => ({ default: file.ChangePassword })),
);

const AccountPage = lazy(() =>
  import("../features/session/AccountPage").then((file) => ({ default: file.AccountPage })),
);

const HelpPage = lazy(() => import("../features/help/HelpPage").then((file) => ({ default: file.HelpPage })));

const root = createRootRoute({
  component: () => (
    <Suspense fallback={<Waiting rows={0} />}>
      <Outlet />
    </Suspense>
  ),
  notFoundComponent: NotFound,
});
const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignIn });
const comeBack = createRoute({ getParentRoute: () => root, path: "/sign-in/back", component: ComeBack });
const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  component: Frame,
  notFoundComponent: NotFound,
});
const password = createRoute({ getParentRoute: () => frame, path: "/password", component: ChangePassword });
const account = createRoute({ getParentRoute: () => frame, path: "/account", component: AccountPage });
const help = createRoute({ getParentRoute: () => frame, path: "/help", component: HelpPage });
const helpOn = createRoute({ getParentRoute: () => frame, path: "/help/$page", component: HelpPage });
const anywhereElse = createRoute({ getParentRoute: () => frame, path: "$", component: NotFound });

const all = features.flatMap((feature) => feature.pages);
const alone = all
  .filter((page) => page.isAlone)
  .map(({ path, component: Page }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: () => (
        <Suspense fallback={<Waiting rows={0} />}>
          <Page />
        </Suspense>
      ),
    }),
  );
const pages = all
  .filter((page) => !page.isAlone)
  .map((page) =>
    createRoute({
      getParentRoute: () => frame,
      path: page.path,
      component: () => <Guarded page={page} />,
    }),
  );

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    comeBack,
    ...alone,
    frame.addChildren([password, account, help, helpOn, ...pages, anywhereElse]),
  ]),
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  scrollToTopSelectors: ["main"],
});
