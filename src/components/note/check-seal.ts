/**
 * Checks the seal of a note where the browser can: it loads the file of the note from this site, and computes here.
 * Nothing is sent anywhere. Browsers offer that only on a safe connection; without it the command beside it is there.
 */
for (const place of document.querySelectorAll<HTMLElement>('[data-check-seal]')) {
  const button = place.querySelector('button');
  const status = place.querySelector('[role=status]');
  if (!button || !status || !globalThis.crypto?.subtle) continue;
  place.hidden = false;
  button.addEventListener('click', () => {
    status.textContent = 'Checking …';
    digestOf(place.dataset['checkFile'] ?? '')
      .then((digest) => {
        status.textContent =
          digest === place.dataset['checkSeal']
            ? 'The file of this note has this seal: it is as it was published.'
            : `The file of this note has another digest, ${digest}: it is not what was published.`;
      })
      .catch(() => {
        status.textContent = 'The file of this note could not be loaded, so that nothing was checked.';
      });
  });
}

async function digestOf(address: string): Promise<string> {
  const answer = await fetch(address, { cache: 'no-store' });
  if (!answer.ok) throw new Error(String(answer.status));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
