// Jest's counterpart of esbuild's text loader: `import page from './docs.md'` gives the text of the file.
module.exports = {
  process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }),
};
