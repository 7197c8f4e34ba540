import type { signUp as zh } from "../zh/signUp";

export const signUp: typeof zh = {
  open: "Sign up a member",
  title: "Sign up a member",
  submit: "Sign up",
  cancel: "Cancel",
  done: "{{name}} is a member now",
  phone: "Phone",
  phoneHelp: "Numbers from abroad start with + and the country code.",
  oneNeeded: "Fill in at least one of phone, e-mail and card number",
  name: "Name",
  gender: "Gender",
  birthday: "Birthday",
  birthdayHelp: "As 1990-05-20, or 05-20 without the year.",
  birthdayWrong: "Write it as 1990-05-20 or 05-20",
  email: "E-mail",
  card: "Card number",
  store: "Signed up at",
  employee: "Introduced by",
  employeeHelp: "With a store chosen, its people and those who belong to no store are listed.",
  language: "Language",
  address: "Address",
  consentHint:
    "Signing up makes somebody a member; it is no consent to marketing. Once the member agrees, note it on their page under “Consent and rights”.",
  openTaken: "Open this member",
  edit: {
    open: "Edit profile",
    title: "Edit the member's profile",
    lead: "What is on file is shown in part only. Fields left empty stay as they are; phone and card are changed under “Identities”.",
    submit: "Save changes",
    done: "Profile saved",
  },
};
