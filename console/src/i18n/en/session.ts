import type { session as zh } from "../zh/session";

export const session: typeof zh = {
  title: "Sign in",
  slogan: "Know every returning guest",
  username: "Username",
  password: "Password",
  submit: "Sign in",
  usernameMissing: "Enter your username",
  passwordMissing: "Enter your password",
  failed:
    "Username or password is not right. Check both and try again, or ask an administrator for a new password.",
  locked: "Too many attempts, the account is locked for now. Try again in {{wait}}, or ask an administrator.",
  lockedNoTime: "Too many attempts, the account is locked for now. Try again later, or ask an administrator.",
  change: {
    title: "Choose a password of your own",
    hint: "You are using a temporary password. One that only you know keeps members' data safer.",
    hintPlain: "Next time you sign in with the new one.",
    current: "Current password",
    next: "New password",
    nextHelp: "At least 12 characters. A few unrelated words are easy to remember and hard to guess.",
    again: "New password once more",
    tooShort: "At least 12 characters",
    different: "The two are not the same",
    submit: "Change password",
    later: "Not now",
    done: "Password changed",
    wrongCurrent: "The current password is not right",
  },
};
