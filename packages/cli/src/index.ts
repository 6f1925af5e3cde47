export { main } from './main';
export { run } from './run';
export { configJsonSchema, createConfigSchema } from './config-schema';
export { loadParser } from './load-parser';
export { realEngine } from './engine';
export type { Config, RuleSetting } from './config-schema';
export type { Engine } from './engine';
export type { Disk, Io, Output } from './io';
export type { JsonFile, JsonMessage } from './reporters/json';
