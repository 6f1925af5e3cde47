// Builds the page of the HTML report: one file with its script and its style, and a place for the data. In a checkout the
// program runs this for each HTML report and reads standard output; the bundle has the result.
'use strict';

const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('esbuild');

const folder = join(__dirname, '../packages/report/src/page');

/** The text of one bundled and minified file. */
async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    // With light-dark() the style sheet needs browsers of 2024 anyway.
    target: 'es2023',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'inline',
    // A quote or a bracket of other scripts must not depend on how the file is read.
    charset: 'ascii',
    logLevel: 'warning',
  });
  return outputFiles[0].text.trim();
}

/** The page, with `<!-- DATA -->`, `<!-- TITLE -->` and `<!-- WITHOUT SCRIPT -->` left to be filled. */
async function buildReportPage() {
  const [script, style] = [await bundled('main.tsx'), await bundled('page.css')];
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style))
    throw new Error('the page would end its own script or style');
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  const parts = { HASH: hash, STYLE: style, SCRIPT: script };
  return readFileSync(join(folder, 'page.html'), 'utf8').replace(
    /<!-- (HASH|STYLE|SCRIPT) -->/g,
    (_whole, name) => parts[name],
  );
}

module.exports = { buildReportPage };

if (require.main === module) {
  buildReportPage().then(
    (page) => process.stdout.write(page),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
