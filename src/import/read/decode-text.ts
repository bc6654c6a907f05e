import { isUtf8 } from 'node:buffer';

/** The bytes of a text in UTF-8, the encoding they came in, and whether it was only taken for granted. */
export type DecodedText = { bytes: Uint8Array; encoding: string; isGuess: boolean };

/**
 * Brings a text to UTF-8 without its byte order mark: UTF-8 and UTF-16 as they say or as they are, all else as
 * windows-1252, the encoding in which spreadsheets save text where nothing else was asked for.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeText(bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return encoded(bytes, 'utf-16le', false);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return encoded(bytes, 'utf-16be', false);
  const start = bytes.subarray(0, 1024);
  const zeros = (parity: number) => start.filter((byte, index) => index % 2 === parity && byte === 0).length;
  if (start.length >= 8 && zeros(1) > start.length / 4 && zeros(0) === 0) return encoded(bytes, 'utf-16le', true);
  if (start.length >= 8 && zeros(0) > start.length / 4 && zeros(1) === 0) return encoded(bytes, 'utf-16be', true);
  return recoded(bytes);
}

function recoded(bytes: Uint8Array): DecodedText {
  return isUtf8(bytes) ? { bytes, encoding: 'UTF-8', isGuess: false } : encoded(bytes, 'windows-1252', true);
}

function encoded(bytes: Uint8Array, encoding: string, isGuess: boolean): DecodedText {
  const name = encoding.replace('utf-16', 'UTF-16').replace(/(?:le|be)$/, (end) => end.toUpperCase());
  return { bytes: new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)), encoding: name, isGuess };
}
