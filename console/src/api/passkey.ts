/** The browser's passkeys, between the JSON of the server and the bytes of `navigator.credentials`. */

type Options = Record<string, unknown>;
interface Named {
  id: string;
}

/** Passkeys need a safe page under a name; a bare address has none. */
export function canUsePasskeys(): boolean {
  const isNamed = !/^[\d.]+$|:/.test(window.location.hostname);
  return window.isSecureContext && isNamed && "credentials" in navigator && "PublicKeyCredential" in window;
}

export async function makePasskey(options: Options): Promise<Options> {
  const wish = options as unknown as {
    challenge: string;
    user: { id: string };
    excludeCredentials?: Named[];
  };
  const publicKey = {
    ...options,
    challenge: bytes(wish.challenge),
    user: { ...wish.user, id: bytes(wish.user.id) },
    excludeCredentials: wish.excludeCredentials?.map((one) => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return told(made, {
    clientDataJSON: response.clientDataJSON,
    attestationObject: response.attestationObject,
  });
}

export async function askPasskey(options: Options): Promise<Options> {
  const wish = options as unknown as { challenge: string; allowCredentials?: Named[] };
  const publicKey = {
    ...options,
    challenge: bytes(wish.challenge),
    allowCredentials: wish.allowCredentials?.map((one) => ({ ...one, id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialRequestOptions;
  const given = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = given.response as AuthenticatorAssertionResponse;
  return told(given, {
    clientDataJSON: response.clientDataJSON,
    authenticatorData: response.authenticatorData,
    signature: response.signature,
  });
}

function told(one: PublicKeyCredential, response: Record<string, ArrayBuffer>): Options {
  const texts = Object.fromEntries(Object.entries(response).map(([name, value]) => [name, text(value)]));
  return { id: one.id, rawId: text(one.rawId), type: one.type, response: texts, clientExtensionResults: {} };
}

export function bytes(given: string): ArrayBuffer {
  const plain = atob(given.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (mark) => mark.charCodeAt(0)).buffer;
}

export function text(given: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(given)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
