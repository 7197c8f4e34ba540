export const target: string;
export function generated(): Promise<string>;
