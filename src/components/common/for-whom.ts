/** The fields that say for whom one looks, in the order in which they are told. */
export const forWhom = ['role', 'component', 'interface', 'fuel'];

const key = 'for-whom';

/** What this device remembers of for whom one looks; nothing where it may not keep anything. */
export function remembered(): URLSearchParams {
  try {
    const kept = new URLSearchParams(localStorage.getItem(key) ?? '');
    return new URLSearchParams([...kept].filter(([name]) => forWhom.includes(name)));
  } catch {
    return new URLSearchParams();
  }
}

/** Remembers a choice on this device; an empty one forgets it. */
export function remember(choice: URLSearchParams): void {
  try {
    if (choice.size > 0) localStorage.setItem(key, choice.toString());
    else localStorage.removeItem(key);
  } catch {
    // The choice holds in the address of this page only.
  }
}
