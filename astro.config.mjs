import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig, passthroughImageService } from 'astro/config';
import { openContent } from './scripts/workspace.ts';
import { ccmt } from './src/site/integration.ts';

const {
  CCMT_SITE: site,
  CCMT_BASE: base,
  CCMT_OUT_DIR: outDir,
  CCMT_CACHE_DIR: cacheDir,
  CCMT_EVALUATED: evaluated,
} = process.env;

export default defineConfig({
  ...(site ? { site } : {}),
  base: base || '/',
  ...(outDir ? { outDir } : {}),
  ...(cacheDir ? { cacheDir } : {}),
  trailingSlash: 'always',
  // The default removes the space between inline elements, and words run together on the page and in the search.
  compressHTML: true,
  prerenderConflictBehavior: 'error',
  build: { inlineStylesheets: 'never' },
  vite: { build: { assetsInlineLimit: 0 } },
  image: { service: passthroughImageService() },
  devToolbar: { enabled: false },
  // Evidence is shown as it was written: no colours that need inline styles, no smart punctuation.
  markdown: { syntaxHighlight: false, processor: satteri({ features: { smartPunctuation: false } }) },
  integrations: [mdx(), ccmt({ open: () => openContent({}), evaluated })],
  security: {
    csp: {
      algorithm: 'SHA-256',
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ],
      // The search runs WebAssembly.
      scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
      styleDirective: { resources: ["'self'"] },
    },
  },
});
