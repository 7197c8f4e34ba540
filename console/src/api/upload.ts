import { problemFrom, Refused, standardHeaders, Unreachable } from "./client";

interface Upload {
  address: string;
  /** In the order in which they go out; files last. */
  fields: Record<string, string>;
  file: File | readonly File[];
  onSent: (share: number) => void;
}

/** fetch cannot tell how much of an upload has gone out; a 45 MB file deserves a number, so uploads use XMLHttpRequest. */
export function upload<Answer>({ address, fields, file, onSent }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    for (const one of file instanceof File ? [file] : file) body.append("file", one);
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(standardHeaders())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(event.loaded / event.total);
    };
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Answer);
      else reject(new Refused(problemFrom(request.response, request.status), request.status, null));
    };
    request.send(body);
  });
}
