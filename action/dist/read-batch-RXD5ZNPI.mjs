import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-ZPSUHEVR.mjs";import"./chunk-CO6ENZYR.mjs";import"./chunk-3SI33YE5.mjs";import"./chunk-TY6WT4CO.mjs";import"./chunk-BQ26HASJ.mjs";export{a as createBatchReader};
