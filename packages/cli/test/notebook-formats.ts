/** Of each format what tells that a finding is on line 2 of cell 3. */
export const formats: readonly (readonly [format: string, pattern: RegExp])[] = [
  ['full', /a\.ipynb:cell 3:2:12: error/],
  ['concise', /^a\.ipynb:cell 3:2:12: error/],
  ['grouped', /^ {2}cell 3:2:12 {2}error/m],
  ['json', /"cell":3,"line":2,"column":12/],
  ['jsonl', /"cell":3,"line":2,"column":12/],
  ['sarif', /"text": "cell 3, line 2: `open`/],
  ['github', /::cell 3, line 2: `open`/],
  ['gitlab', /"description": "cell 3, line 2: `open`/],
  ['junit', /unclosed-file at cell 3:2:12/],
  ['checkstyle', /message="cell 3, line 2: `open`/],
  ['pylint', /\] cell 3, line 2: `open`/],
  ['azure', /\]cell 3, line 2: `open`/],
  ['rdjson', /"message": "cell 3, line 2: `open`/],
  ['markdown', /a\.ipynb:cell 3:2`/],
  ['html', /"cells":\{[^}]*"\d+":\[3,2\]/],
];
