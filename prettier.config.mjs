/** Layout is decided here and nowhere else: 120 columns, single quotes. */
export default {
  printWidth: 120,
  singleQuote: true,
  // The same as compressHTML in astro.config.mjs, so that a new layout never changes a page.
  astroCompressHTML: 'html',
  plugins: ['prettier-plugin-astro'],
};
