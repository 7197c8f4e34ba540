import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntdApp, ConfigProvider } from "antd";
import enGB from "antd/locale/en_GB";
import zhCN from "antd/locale/zh_CN";
import { lazy, Suspense, useMemo } from "react";
import { queryClient } from "../api/queryClient";
import { PreferencesProvider, usePreferences } from "./Preferences";
import { router } from "./router";
import { antdThemeFor } from "./theme";

const ProofDialog = lazy(() =>
  import("../features/session/ProofDialog").then((file) => ({ default: file.ProofDialog })),
);

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <PreferencesProvider>
        <Themed />
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

function Themed() {
  const { language, mode } = usePreferences();
  const theme = useMemo(() => antdThemeFor(mode), [mode]);
  return (
    // Two-character buttons stay as they are written: 登录, not 登 录.
    <ConfigProvider
      theme={theme}
      locale={language === "zh-CN" ? zhCN : enGB}
      button={{ autoInsertSpace: false }}
    >
      <AntdApp component={false}>
        <RouterProvider router={router} />
        <Suspense fallback={null}>
          <ProofDialog />
        </Suspense>
      </AntdApp>
    </ConfigProvider>
  );
}
