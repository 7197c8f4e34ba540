import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

/** A small file in the Online Retail layout with two lines that cannot be imported. Numbers are new on every run. */
export async function ordersFile() {
  const number = 900_000 + (Date.now() % 90_000);
  const lines = [
    `${number},85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2011-12-07 10:26:00,2.55,17850,United Kingdom`,
    `${number},22423,REGENCY CAKESTAND 3 TIER,1,2011-12-07 10:26:00,12.75,17850,United Kingdom`,
    `${number + 1},47566,PARTY BUNTING,three,2011-12-07 11:02:00,4.95,17850,United Kingdom`,
    `${number + 2},22960,JAM MAKING SET WITH JARS,4,no day at all,4.25,17850,United Kingdom`,
  ];
  const path = join(tmpdir(), `shuke-orders-${number}.csv`);
  await writeFile(path, `${[header, ...lines].join("\r\n")}\r\n`);
  return path;
}

export async function notATable() {
  const path = join(tmpdir(), `shuke-empty-${Date.now()}.csv`);
  await writeFile(path, "");
  return path;
}
