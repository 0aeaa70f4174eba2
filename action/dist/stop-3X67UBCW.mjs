import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-5OCEFSYN.mjs";import"./chunk-BQ26HASJ.mjs";export{a as Stop};
