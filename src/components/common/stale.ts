/** Shows what a page says of its own age, once it is older than the programme allows. */
for (const notice of document.querySelectorAll<HTMLElement>('[data-stale-after]')) {
  const made = new Date(notice.dataset['asOf'] ?? '').getTime();
  const hours = Number(notice.dataset['staleAfter']);
  // The reader's clock is the only one there is when a page is read.
  if (Date.now() - made > hours * 3_600_000) notice.hidden = false;
}
