import type { Account } from "../../api/contract";

/** Whose account is spoken of. */
export interface Subject {
  member: number;
  memberName: string;
  account: Account;
}
