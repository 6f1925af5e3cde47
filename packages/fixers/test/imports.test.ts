import type { Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import { applyFixes } from '../src/apply';
import { importName } from '../src/text/imports';
import { lint } from './lint';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** What a use of `contextlib.closing` at the end of the code is written as, and the code with the import it takes. */
function importClosing(code: string, wanted = { module: 'contextlib', name: 'closing' }): [string, string] {
  const result = lint(parser, code);
  const scope = result.model.scopeOf(result.tree.module);
  const imported = importName(result, scope, code.length, wanted);
  if (imported.kind === 'refused') return [`refused: ${imported.reason}`, code];
  const fix = { ruleId: '', applicability: 'safe', title: '', edits: imported.edits, checked: [] } as const;
  return [imported.expression, applyFixes(code, [fix])];
}

describe('importName', () => {
  it.each([
    [
      'below all groups of the standard library',
      'import abc\n\nimport os\nx = 1\n',
      'import abc\n\nimport os\n\n@\n\nx = 1\n',
    ],
    ['among other packages', 'import abc\n\nimport os\n\nimport yaml\n', 'import abc\n\nimport os\n\nimport yaml\n@\n'],
  ])('puts a package %s', (_, code, expected) => {
    const [, text] = importClosing(code, { module: 'pylint_leaks_runtime', name: 'thread_manager' });
    expect(text).toBe(expected.replace('@', 'from pylint_leaks_runtime import thread_manager'));
  });

  it.each<[string, string, string, string]>([
    ['reuses a name', 'from contextlib import closing\n', 'closing', 'from contextlib import closing\n'],
    ['reuses an alias', 'from contextlib import closing as c\n', 'c', 'from contextlib import closing as c\n'],
    ['reuses a module under an alias', 'import contextlib as cl\n', 'cl.closing', 'import contextlib as cl\n'],
    [
      'joins an import of the module',
      'from contextlib import suppress\n',
      'closing',
      'from contextlib import closing, suppress\n',
    ],
    [
      'joins at the end',
      'from contextlib import AbstractContextManager\n',
      'closing',
      'from contextlib import AbstractContextManager, closing\n',
    ],
    [
      'leaves an import with comments alone',
      'from contextlib import (  # all\n    suppress,\n)\n',
      'closing',
      'from contextlib import (  # all\n    suppress,\n)\nfrom contextlib import closing\n',
    ],
    [
      'goes in order',
      'import os\nfrom typing import Any\n',
      'closing',
      'import os\nfrom contextlib import closing\nfrom typing import Any\n',
    ],
    [
      'goes first',
      'from typing import Any\nx = 1\n',
      'closing',
      'from contextlib import closing\nfrom typing import Any\nx = 1\n',
    ],
    [
      'gets a group of its own above other packages',
      'import requests\nx = 1\n',
      'closing',
      'from contextlib import closing\n\nimport requests\nx = 1\n',
    ],
    [
      'stays in a group that mixes both',
      'import os\nimport requests\n',
      'closing',
      'import os\nimport requests\nfrom contextlib import closing\n',
    ],
    [
      'goes below a docstring',
      '"""Doc."""\nx = 1\n',
      'closing',
      '"""Doc."""\n\nfrom contextlib import closing\n\nx = 1\n',
    ],
    [
      'does not split a line',
      'import os; import sys\nx = 1\n',
      'closing',
      'import os; import sys\nfrom contextlib import closing\nx = 1\n',
    ],
    [
      'goes below star imports',
      'from alpha import *\nfrom tkinter import *\n',
      'closing',
      'from alpha import *\nfrom tkinter import *\nfrom contextlib import closing\n',
    ],
    [
      'keeps Windows line ends',
      'import os\r\nx = 1\r\n',
      'closing',
      'import os\r\nfrom contextlib import closing\r\nx = 1\r\n',
    ],
    ['ends the last line', 'import os', 'closing', 'import os\nfrom contextlib import closing\n'],
    [
      'keeps a licence on top',
      '# Licence\n# text\n\nx = 1\n',
      'closing',
      '# Licence\n# text\n\nfrom contextlib import closing\n\nx = 1\n',
    ],
    [
      'keeps shebang and cookie on top',
      '#!/bin/python\n# coding: utf-8\nx = 1\n',
      'closing',
      '#!/bin/python\n# coding: utf-8\nfrom contextlib import closing\n\nx = 1\n',
    ],
    [
      'takes the module when the name is taken',
      'import os\nclosing = 1\n',
      'contextlib.closing',
      'import contextlib\nimport os\nclosing = 1\n',
    ],
    [
      'does not trust a rebound name',
      'from contextlib import closing\nclosing = None\n',
      'contextlib.closing',
      'import contextlib\nfrom contextlib import closing\nclosing = None\n',
    ],
    [
      'ignores relative modules of that name',
      'from .contextlib import closing\n',
      'contextlib.closing',
      'import contextlib\n\nfrom .contextlib import closing\n',
    ],
    [
      'refuses when both are taken',
      'closing = contextlib = 1\n',
      'refused: the names closing and contextlib already mean something else in this file',
      'closing = contextlib = 1\n',
    ],
  ])('%s', (_, code, expression, text) => {
    expect(importClosing(code)).toEqual([expression, text]);
  });

  it('puts another package below the first group', () => {
    const wanted = { module: 'company.runtime', name: 'thread_manager' };
    expect(importClosing('import os\n\nx = 1\n', wanted)).toEqual([
      'thread_manager',
      'import os\n\nfrom company.runtime import thread_manager\n\nx = 1\n',
    ]);
    expect(importClosing('import os\n\nimport attrs\nimport zope\n', wanted)[1]).toBe(
      'import os\n\nimport attrs\nimport zope\nfrom company.runtime import thread_manager\n',
    );
  });
});
