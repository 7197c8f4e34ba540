import { App, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session, Store } from "../../api/contract";
import { useSystem } from "../../api/system";
import { minorDigits } from "../../kit/format";
import { Refusal } from "../../kit/Refusal";
import { CartTable } from "./CartTable";
import { type Dialog, Dialogs } from "./Dialogs";
import { DeskButtons } from "./day/DeskButtons";
import { Entry } from "./Entry";
import { Legend, type LegendKey } from "./Legend";
import type { Wanted } from "./meaning";
import { shopNow } from "./offline/clock";
import { useConnection } from "./offline/useConnection";
import { type Pick, picksOf, Results } from "./Results";
import { Side } from "./Side";
import { selectedLine, unpriced } from "./sale";
import { TopLine } from "./TopLine";
import styles from "./till.module.css";
import { useAsked } from "./useAsked";
import { useEntry } from "./useEntry";
import { useEntryKeys } from "./useEntryKeys";
import { useHeld } from "./useHeld";
import { useHome } from "./useHome";
import { useKeys } from "./useKeys";
import { usePaying } from "./usePaying";
import { useSale } from "./useSale";

interface Props {
  store: Store;
  /** Null while the server is away: the till goes on for whoever sold here last. */
  session: Session | null;
  cashier: string;
  onLeaveStore: (() => void) | null;
}

/** One sale after the other: scan, see, pay, next. */
export function Till({ store, session, cashier, onLeaveStore }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { data: system } = useSystem();
  const currency = system?.currency ?? "CNY";
  const digits = minorDigits(currency);
  const connection = useConnection();
  const isOnline = connection.isOnline && session !== null;
  const [sale, step] = useSale();
  const asked = useAsked(sale, store.code, digits, isOnline);
  const paying = usePaying({ sale, step, asked, store, cashier, currency, digits });
  const { held, isFull, hold, take } = useHeld(store.code, cashier);
  const [dialog, setDialog] = useState<Dialog>(null);
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState<Wanted>("any");
  const [active, setActive] = useState(0);
  const [counting, setCounting] = useState<number | null>(null);
  const [wantsPay, setWantsPay] = useState(false);
  const field = useRef<InputRef>(null);
  const may = (permission: string) => session?.permissions.includes(permission) ?? false;
  const entry = useEntry({
    store: store.code,
    isOnline,
    mayFindMembers: may("members.read"),
    used: asked.quote?.coupons.map((one) => one.code) ?? [],
    step,
  });
  const { found } = entry;
  const isAtWork = dialog === null && paying.receipt === null;
  const goHome = useHome(field, isAtWork);
  const toEntry = (next: Wanted = "any") => {
    setWanted(next);
    goHome();
  };

  const submit = () => {
    const pick = found && text === "" ? picksOf(found)[active] : undefined;
    if (pick) return choose(pick);
    if (text.trim()) entry.submit(text, wanted);
    setText("");
    setActive(0);
    setWanted("any");
  };
  const choose = (pick: Pick) => {
    if (!found) return;
    const product = pick.kind === "product" ? found.products[pick.place] : undefined;
    const member = pick.kind === "member" ? found.members[pick.place] : undefined;
    if (product) step({ kind: "add", product, quantity: found.quantity });
    if (member) step({ kind: "buyer", buyer: { id: member.id } });
    entry.close();
    // A product without a price takes the keyboard for it.
    if (product?.price_minor !== null || member) toEntry();
  };
  const giveUp = () => {
    entry.close();
    setText("");
    setCounting(null);
    setWantsPay(false);
    toEntry();
  };
  const pay = () => {
    const open = unpriced(sale);
    if (open) step({ kind: "select", id: open.id });
    else if (sale.lines.length > 0) setWantsPay(true);
  };
  const back = () => {
    setDialog(null);
    toEntry();
  };
  const holdOrTake = () => {
    if (sale.lines.length === 0) return setDialog("held");
    if (isFull) return;
    hold(sale, shopNow().toISOString());
    step({ kind: "clear" });
    toEntry();
  };
  const clear = () => {
    if (sale.lines.length === 0 && !sale.buyer) return;
    modal.confirm({
      title: t("till.clear.title"),
      okText: t("till.clear.submit"),
      cancelText: t("till.cancel"),
      onOk: () => step({ kind: "clear" }),
      afterClose: () => toEntry(),
    });
  };

  // Paying begins with a sum that is certain.
  useEffect(() => {
    if (!wantsPay || (!asked.isFresh && !asked.error)) return;
    setWantsPay(false);
    if (!asked.error) setDialog("pay");
  }, [wantsPay, asked.isFresh, asked.error]);

  const keys: LegendKey[] = [
    { key: "F2", label: t("till.keys.member"), onPress: () => toEntry("member") },
    { key: "F3", label: t("till.keys.goods"), onPress: () => toEntry("goods") },
    {
      key: "F4",
      label: t("till.keys.value"),
      onPress: () => asked.quote && setDialog("value"),
      isOff: !asked.quote || !isOnline,
    },
    {
      key: "F6",
      label: t("till.keys.quantity"),
      onPress: () => setCounting(selectedLine(sale)?.id ?? null),
      isOff: sale.lines.length === 0,
    },
    {
      key: "F8",
      label: t(sale.lines.length > 0 ? "till.keys.hold" : "till.keys.take"),
      onPress: holdOrTake,
      isOff: sale.lines.length === 0 ? held.length === 0 : isFull,
    },
    { key: "F9", label: t("till.keys.pay"), onPress: pay, isOff: sale.lines.length === 0 },
    {
      key: "F10",
      label: t("till.keys.clear"),
      onPress: clear,
      isOff: sale.lines.length === 0 && !sale.buyer,
    },
    { key: "Esc", label: t("till.keys.back"), onPress: giveUp },
  ];
  useKeys(
    Object.fromEntries(
      keys.map(({ key, isOff, onPress }) => [key === "Esc" ? "Escape" : key, () => isOff || onPress()]),
    ),
    { isOn: isAtWork, isOfPage: true },
  );
  const onKeyDown = useEntryKeys({ text, wanted, found, sale, step, setActive });

  return (
    <div className={styles.till}>
      <TopLine store={store} cashier={cashier} onLeaveStore={sale.lines.length === 0 ? onLeaveStore : null}>
        <DeskButtons store={store} cashier={cashier} />
      </TopLine>
      <main id="content" className={styles.main}>
        <div className={styles.left}>
          <Entry
            field={field}
            value={text}
            wanted={wanted}
            isLooking={entry.isLooking}
            onChange={setText}
            onSubmit={submit}
            onKeyDown={onKeyDown}
          />
          <Refusal error={entry.error} />
          {found && (
            <Results
              found={found}
              active={active}
              onPick={choose}
              onSignUp={isOnline && may("members.write") ? (phone) => setDialog({ signUp: phone }) : null}
              onClose={giveUp}
            />
          )}
          <CartTable
            sale={sale}
            cut={asked.cut}
            digits={digits}
            step={step}
            onDone={() => toEntry()}
            counting={counting}
            onCount={setCounting}
          />
        </div>
        <Side
          sale={sale}
          step={step}
          asked={asked}
          isOnline={isOnline}
          isWaiting={wantsPay}
          onFind={() => toEntry("member")}
          onValue={() => setDialog("value")}
          onPay={pay}
        />
      </main>
      <Legend keys={keys} />
      <Dialogs
        dialog={dialog}
        store={store}
        sale={sale}
        step={step}
        asked={asked}
        paying={paying}
        held={held}
        onTake={take}
        digits={digits}
        isOnline={isOnline}
        onBack={back}
        onSignedUp={entry.close}
      />
    </div>
  );
}
