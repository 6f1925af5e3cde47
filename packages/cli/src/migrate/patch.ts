import { version } from '../../package.json';
import type { Message } from './message';
import type { PlannedBatch } from './state';
import { titleOf } from './plan';

/** A patch that `git apply` takes, and with its message `git am`. */
export function patchFile(message: Message, author: string, diffs: readonly Uint8Array[]): Uint8Array {
  const head = [
    'From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001',
    `From: ${author}`,
    `Subject: [PATCH] ${message.subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    message.body.trimEnd(),
    '---',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\n')), ...diffs, Buffer.from(`-- \npylint-leaks ${version}\n`)]);
}

/** `0003-src-app-2.patch`: sorted by name they apply in order. */
export function patchName(batch: PlannedBatch, number: number): string {
  const words = titleOf(batch.group === '.' ? { ...batch, group: 'top' } : batch)
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${String(number).padStart(4, '0')}-${words.slice(0, 60)}.patch`;
}
