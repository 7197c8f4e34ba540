/** What a thing is called, and the code that never changes. */
export interface Names {
  code: string;
  zh: string;
  en: string;
}
