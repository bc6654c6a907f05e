/** What is answered to a request, before it is put on the wire. */
export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** An answer of one sentence. */
export function plain(status: number, sentence: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: `${sentence}\n` };
}

/** Only reading is possible here; RFC 9110 wants the methods listed. */
export const notAllowed = plain(405, 'This server answers GET and HEAD only.', { Allow: 'GET, HEAD' });
