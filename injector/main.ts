// page: the entry of dist/runtime.js, the first script of every proxied document.
// Reading this file is reading what the runtime does: saves the natives (by importing them first), reads its boot data, puts its hooks
// in place, greets the shell, and starts the mirror and control.
import './natives.ts';
import { readBoot } from './boot.ts';
import { startRuntime } from './start.ts';

const start = readBoot(globalThis);
if (start) startRuntime(start);
