import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{a}from"./chunk-LR7ZUBPR.mjs";import"./chunk-CO6ENZYR.mjs";import"./chunk-LVTQ5COB.mjs";import"./chunk-6IH4R4F5.mjs";import"./chunk-BQ26HASJ.mjs";export{a as createBatchReader};
